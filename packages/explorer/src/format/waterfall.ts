import type { Trace } from "../query/trace.js";
import type { TraceSpan } from "../query/trace-tree.js";
import { clip } from "./clip.js";
import type { Colours } from "./colour.js";
import { clockTime, describeItem } from "./item-line.js";
import { safeText } from "./safe-text.js";
import { formatDuration } from "./unit.js";

const MIN_LABEL = 24;
const MAX_LABEL = 60;
const DURATION_WIDTH = 9;
/** Bars are shorter where a line has fewer characters than this. */
const NARROW = 100;

interface Layout {
  colours: Colours;
  width: number;
  label: number;
  bar: number;
}

/** A trace as an indented waterfall: label, bar, duration; below each span what was recorded in it. */
export function formatTrace(trace: Trace, colours: Colours, width: number = Infinity): string {
  const layout = layOut(trace, colours, width);
  const lines = trace.spans.flatMap((entry) => [
    spanLine(entry, trace, layout),
    ...itemLines(entry, layout),
  ]);
  return [headline(trace, colours), ...lines, ...unattached(trace, layout)].join("\n");
}

function layOut({ spans }: Trace, colours: Colours, width: number): Layout {
  const longest = (texts: string[]): number => Math.max(0, ...texts.map((text) => text.length));
  const bar = width < NARROW ? 20 : 30;
  const status = longest(spans.map(statusOf));
  const room = width - bar - DURATION_WIDTH - status - " ".length * 3;
  const label = Math.max(MIN_LABEL, Math.min(MAX_LABEL, room, longest(spans.map(labelOf))));
  return { colours, width, label, bar };
}

function headline(trace: Trace, colours: Colours): string {
  const more = trace.truncated ? ", cut at the first 10,000 items" : "";
  const count = `${trace.spans.length} ${trace.spans.length === 1 ? "span" : "spans"}`;
  const start = `${trace.start.slice(0, 19)}Z`;
  const facts = `${count}, ${formatDuration(trace.durationMs)}, from ${start}${more}`;
  return `${colours.strong(`trace ${trace.traceId}`)}  ${colours.faint(facts)}`;
}

function labelOf({ span, depth }: TraceSpan): string {
  const op = span.op === undefined || span.op === span.name ? "" : `${span.op} `;
  return `${"  ".repeat(depth)}${safeText(op + span.name)}`;
}

/** What went wrong in it; nothing when nothing did. */
function statusOf({ span }: TraceSpan): string {
  const { status = "ok" } = span;
  return ["ok", "unset"].includes(status) ? "" : safeText(status);
}

function spanLine(entry: TraceSpan, trace: Trace, { colours, label, bar }: Layout): string {
  const status = statusOf(entry);
  const paint = status === "" ? colours.good : colours.bad;
  const text = clip(labelOf(entry), label).padEnd(label);
  const duration = formatDuration(entry.span.durationMs ?? 0).padStart(DURATION_WIDTH);
  const line = `${text} ${paint(barOf(entry, trace.durationMs, bar))} ${duration}`;
  return status === "" ? line : `${line} ${colours.bad(status)}`;
}

/** At least one block for every span, and never beyond the frame. */
function barOf({ span, offsetMs }: TraceSpan, totalMs: number, width: number): string {
  const scale = totalMs > 0 ? width / totalMs : 0;
  const start = Math.min(width - 1, Math.max(0, Math.floor(offsetMs * scale)));
  const blocks = Math.max(1, Math.round((span.durationMs ?? 0) * scale));
  const length = Math.min(width - start, blocks);
  return `${" ".repeat(start)}${"█".repeat(length)}`.padEnd(width);
}

function itemLines({ depth, items }: TraceSpan, { colours, width }: Layout): string[] {
  const indent = "  ".repeat(depth + 1);
  const room = width - indent.length - "· ".length;
  return items.map((item) => `${indent}${colours.faint("·")} ${describeItem(item, colours, room)}`);
}

function unattached(trace: Trace, { colours, width }: Layout): string[] {
  if (trace.unattached.length === 0) return [];
  const lines = trace.unattached.map((item) => {
    const start = `  ${clockTime(item)} `;
    return `${colours.faint(start)}${describeItem(item, colours, width - start.length)}`;
  });
  return ["", colours.faint("in this trace, outside its received spans:"), ...lines];
}
