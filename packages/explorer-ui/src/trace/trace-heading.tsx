import type { TracePage } from "@spanmeter/explorer/model/trace-page";
import type { ApiError } from "../api/api-error.js";
import { formatCount } from "../format/number.js";
import { formatTime } from "../format/time.js";
import { formatMs } from "../format/value.js";
import { TraceCopy } from "./trace-copy.js";
import { formatFactor } from "./excess.js";
import type { Rows } from "./use-rows.js";

/** The name of the root, how long the trace took, and how that compares. */
export function TraceHeading({ page }: { page: TracePage }) {
  const { root, durationMs, typical, spans, marks } = page;
  const factor = typical && typical.durationMs > 0 ? durationMs / typical.durationMs : undefined;
  const count = (kind: string): number => marks.filter((mark) => mark.kind === kind).length;
  const counts = [
    [spans.length, "span"],
    [count("error"), "error"],
    [count("log"), "log"],
    [count("metric"), "metric"],
  ] as const;
  return (
    <>
      <h2 class="trace-name" title={root?.name}>
        {root?.op && <span class="faint name">{root.op} </span>}
        <span class="name">{root ? root.name : "No span yet"}</span>
      </h2>
      <div class="row facts">
        <b class="duration">{formatMs(durationMs)}</b>
        {typical && factor !== undefined && (
          <span
            class={factor >= 2 ? "unusual" : "faint"}
            title={`The median of ${typical.traces} other traces with this root is ${formatMs(typical.durationMs)}`}
          >
            ×{formatFactor(factor)} typical
          </span>
        )}
        <span class="faint">{formatTime(page.start)}</span>
        <span class="faint">
          {counts
            .filter(([many]) => many > 0)
            .map(([many, what]) => `${formatCount(many)} ${what}${many === 1 ? "" : "s"}`)
            .join(", ")}
        </span>
        <TraceCopy page={page} />
      </div>
    </>
  );
}

interface NoticesProps {
  readonly page: TracePage;
  readonly rows: Rows;
  /** The span or item of the address, while it is not there. */
  readonly waitsFor: string | undefined;
  readonly error: ApiError | undefined;
}

/** Lists what is missing from the trace, or out of date. */
export function TraceNotices({ page, rows, waitsFor, error }: NoticesProps) {
  const missing = rows.all.filter((row) => row.kind === "missing" && row.spanId).length;
  const notices = [
    page.spans.length === 0 && "Waiting for spans: none of this trace was received yet.",
    page.spans.length > 0 &&
      missing > 0 &&
      `${missing === 1 ? "A span" : `${formatCount(missing)} spans`} that other items name ${missing === 1 ? "was" : "were"} not received yet. One of a service that does not send here never will be.`,
    waitsFor && `Waiting for ${waitsFor}, which the address names.`,
    page.truncated &&
      "The trace has more items than are shown: some metrics or the last spans are missing.",
    error && `Not up to date: ${error.message}`,
  ].filter((each) => typeof each === "string" && each !== "");
  if (notices.length === 0) return null;
  return (
    <div role="status" class="notices">
      {notices.map((each) => (
        <p key={each} class="warn name">
          {each}
        </p>
      ))}
    </div>
  );
}
