import { useSignal } from "@preact/signals";
import type { TracePage } from "@spanmeter/explorer/model/trace-page";
import { useRef } from "preact/hooks";
import type { ApiError } from "../api/api-error.js";
import { useKeys } from "../keys/use-keys.js";
import { Guilty } from "./guilty.js";
import { ItemDetail } from "./item-detail.js";
import { SlowerList } from "./slower-list.js";
import { TraceHeading, TraceNotices } from "./trace-heading.js";
import { TraceMetrics } from "./trace-metrics.js";
import type { TraceRow } from "./trace-rows.js";
import { useAddressSpan } from "./use-address-span.js";
import { useRows } from "./use-rows.js";
import { Waterfall } from "./waterfall.js";

interface ViewProps {
  readonly page: TracePage;
  /** Why there is no newer answer. */
  readonly error: ApiError | undefined;
  /** Whether the rows take the focus when they appear. */
  readonly takesFocus: () => boolean;
}

/** A trace: its summary, its waterfall, and below it the metrics and the selected row. */
export function TraceView({ page, error, takesFocus }: ViewProps) {
  const isCompared = useSignal(false);
  const grid = useRef<HTMLDivElement>(null);
  const rows = useRows(page);
  const waitsFor = useAddressSpan(rows, { grid, takesFocus });
  const { active } = rows;

  function find(id: string): void {
    if (rows.find(id)) grid.current?.focus();
  }
  function walk(by: number): void {
    grid.current?.focus();
    rows.goTo(rows.place + by);
  }
  useKeys([
    {
      keys: "h",
      does: "Compare the trace with a typical one",
      run: () => (isCompared.value = !isCompared.value),
    },
    { keys: "j", does: "Next row", run: () => walk(1) },
    { keys: "k", does: "Row before", run: () => walk(-1) },
  ]);

  return (
    <div class="trace-view">
      <div class="trace-head">
        <TraceHeading page={page} />
        <TraceNotices page={page} rows={rows} waitsFor={waitsFor} error={error} />
        <Guilty page={page} onFind={find} />
        <div class="row">
          <button
            type="button"
            class="small"
            aria-pressed={isCompared.value}
            title="Key: h"
            onClick={() => (isCompared.value = !isCompared.value)}
          >
            Against a typical trace
          </button>
          {isCompared.value && (
            <span class="faint">
              Full bars: own time. <span class="usual-sample" /> Below: its typical own time.
            </span>
          )}
        </div>
      </div>
      <Waterfall page={page} rows={rows} grid={grid} isCompared={isCompared.value} />
      <div class="trace-foot" role="group" aria-label="About the trace" tabIndex={0}>
        {isCompared.value && <SlowerList page={page} onFind={find} />}
        <TraceMetrics page={page} selected={active?.key} onFind={find} />
        {active && active.kind !== "missing" && (
          <ItemDetail key={active.key} id={active.key} spanItemId={spanItemOf(active, rows.all)} />
        )}
      </div>
    </div>
  );
}

function spanItemOf(row: TraceRow, all: readonly TraceRow[]): string | undefined {
  if (row.kind !== "mark" || row.mark.kind !== "metric") return undefined;
  const { spanId } = row.mark;
  return all.find((each) => each.kind === "span" && each.span.spanId === spanId)?.key;
}
