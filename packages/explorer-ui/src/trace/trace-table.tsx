import type { TraceSummary } from "@spanmeter/explorer/model/trace-list";
import { useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import { useKeys } from "../keys/use-keys.js";
import { useVirtualRows } from "../parts/use-virtual-rows.js";
import { change } from "../url/address.js";
import { onRowKey } from "../table/row-keys.js";
import { SortHeader, type Column } from "../table/sort-header.js";
import { TraceTableRow } from "./trace-table-row.js";

const ROW_HEIGHT = 34;
const HEAD_HEIGHT = 34;
/** The next page is read when so few rows are left. */
const AHEAD = 40;

const COLUMNS: readonly Column[] = [
  { label: "Root" },
  { label: "Start", sort: "time" },
  { label: "Duration", sort: "duration" },
  { label: "Spans", sort: "spans" },
  { label: "Errors", sort: "errors" },
  { label: "Logs" },
  { label: "Metrics" },
];

interface TableProps {
  readonly traces: readonly TraceSummary[];
  /** Unit of the metric whose greatest value each row shows; absent without a metric. */
  readonly unit: string | undefined;
  readonly hasMore: boolean;
  /** Changes when the list begins again, at its top. */
  readonly beginning: string;
  readonly onEnd: () => void;
}

/** Traces in rows, of which only those that can be seen are in the document. */
export function TraceTable({ traces, unit, hasMore, beginning, onEnd }: TableProps) {
  const id = useId();
  const grid = useRef<HTMLDivElement>(null);
  const active = useSignal<string | undefined>(undefined);
  const place = traces.findIndex(({ traceId }) => traceId === active.value);
  const virtual = useVirtualRows({
    scroller: grid,
    count: traces.length,
    rowHeight: ROW_HEIGHT,
    headHeight: HEAD_HEIGHT,
    active: place,
  });
  const last = Math.max(0, ...virtual.rows.map(({ index }) => (index === place ? 0 : index)));
  useEffect(() => {
    if (hasMore && last >= traces.length - AHEAD) onEnd();
  }, [hasMore, last, traces.length]);

  useEffect(() => grid.current?.scrollTo(0, 0), [beginning]);

  function goTo(to: number): void {
    const index = Math.max(0, Math.min(to, traces.length - 1));
    active.value = traces[index]?.traceId;
    virtual.show(index);
  }
  function walk(by: number): void {
    grid.current?.focus();
    goTo(place + by);
  }
  const open = (): void => {
    if (active.value) change({ trace: active.value, span: undefined });
  };
  useKeys([
    { keys: "j", does: "Next row", run: () => walk(1) },
    { keys: "k", does: "Row before", run: () => walk(-1) },
    { keys: "o", does: "Open the trace", run: open },
  ]);
  const columns = unit === undefined ? COLUMNS : [...COLUMNS, { label: "Value" }];
  return (
    <div
      ref={grid}
      class={`trace-table ${unit === undefined ? "" : "with-value"}`}
      role="grid"
      tabIndex={0}
      aria-label="Traces"
      aria-rowcount={hasMore ? -1 : traces.length + 1}
      aria-activedescendant={place < 0 ? undefined : `${id}-${active.value}`}
      onFocus={({ target, currentTarget }) => target === currentTarget && place < 0 && goTo(0)}
      onKeyDown={(event) => onRowKey(event, { move: (by) => goTo(place + by), open })}
    >
      <div class="trace-table-row head" role="row" aria-rowindex={1}>
        {columns.map((each) => (
          <SortHeader key={each.label} {...each} />
        ))}
      </div>
      <div role="rowgroup" class="trace-table-rows" style={{ height: `${virtual.height}px` }}>
        {virtual.rows.map(({ index, start }) => {
          const trace = traces[index];
          return (
            trace && (
              <TraceTableRow
                key={trace.traceId}
                id={`${id}-${trace.traceId}`}
                trace={trace}
                unit={unit}
                top={start}
                index={index}
                isActive={index === place}
                onSelect={() => (active.value = trace.traceId)}
              />
            )
          );
        })}
      </div>
    </div>
  );
}
