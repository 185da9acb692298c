import type { Trace } from "../query/trace.js";
import type { TraceSpan } from "../query/trace-tree.js";
import { clip } from "./clip.js";
import type { Colours } from "./colour.js";
import { clockTime, describeItem } from "./item-line.js";
import { safeText } from "./safe-text.js";
import { formatDuration } from "./unit.js";

const BAR_WIDTH = 30;
const MIN_LABEL = 24;
const MAX_LABEL = 60;
const DURATION_WIDTH = 9;

/** A trace as an indented waterfall: label, bar, duration; below each span what was recorded in it. */
export function formatTrace(trace: Trace, colours: Colours): string {
  const labels = trace.spans.map(labelOf);
  const width = Math.min(MAX_LABEL, Math.max(MIN_LABEL, ...labels.map((label) => label.length)));
  const lines = trace.spans.flatMap((entry, index) => [
    spanLine(entry, { label: clip(labels[index] ?? "", width).padEnd(width), trace, colours }),
    ...entry.items.map(
      (item) =>
        `${"  ".repeat(entry.depth + 1)}${colours.faint("·")} ${describeItem(item, colours)}`,
    ),
  ]);
  return [headline(trace, colours), ...lines, ...unattached(trace, colours)].join("\n");
}

function headline(trace: Trace, colours: Colours): string {
  const more = trace.truncated ? ", cut at the first 10,000 items" : "";
  const facts = `${trace.spans.length} spans, ${formatDuration(trace.durationMs)}, from ${trace.start}${more}`;
  return `${colours.strong(`trace ${trace.traceId}`)}  ${colours.faint(facts)}`;
}

function labelOf({ span, depth }: TraceSpan): string {
  const op = span.op === undefined || span.op === span.name ? "" : `${span.op} `;
  return `${"  ".repeat(depth)}${safeText(op + span.name)}`;
}

function spanLine(
  { span, offsetMs }: TraceSpan,
  { label, trace, colours }: { label: string; trace: Trace; colours: Colours },
): string {
  const durationMs = span.durationMs ?? 0;
  const bar = barOf(offsetMs, durationMs, trace.durationMs);
  const failed = span.status !== undefined && !["ok", "unset"].includes(span.status);
  const paint = failed ? colours.bad : colours.good;
  const duration = formatDuration(durationMs).padStart(DURATION_WIDTH);
  return `${label} ${paint(bar)} ${duration}${failed ? ` ${colours.bad(safeText(span.status ?? ""))}` : ""}`;
}

/** At least one block for every span, and never beyond the frame. */
function barOf(offsetMs: number, durationMs: number, totalMs: number): string {
  const scale = totalMs > 0 ? BAR_WIDTH / totalMs : 0;
  const start = Math.min(BAR_WIDTH - 1, Math.max(0, Math.floor(offsetMs * scale)));
  const length = Math.min(BAR_WIDTH - start, Math.max(1, Math.round(durationMs * scale)));
  return `${" ".repeat(start)}${"█".repeat(length)}`.padEnd(BAR_WIDTH);
}

function unattached(trace: Trace, colours: Colours): string[] {
  if (trace.unattached.length === 0) return [];
  const lines = trace.unattached.map(
    (item) => `  ${colours.faint(clockTime(item))} ${describeItem(item, colours)}`,
  );
  return ["", colours.faint("in this trace, outside its received spans:"), ...lines];
}
