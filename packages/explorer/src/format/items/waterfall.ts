import type { Item } from "../../model/item.js";
import type { Trace, TraceSpan } from "../../model/trace.js";
import { clip } from "../text/clip.js";
import type { Colours } from "../text/colour.js";
import { clockTime, itemLines } from "./item-line.js";
import { safeText } from "../text/safe-text.js";
import { formatDuration } from "../text/unit.js";
import { wrap } from "../text/wrap.js";

const MIN_LABEL = 24;
const MAX_LABEL = 60;
const DURATION_WIDTH = 9;

interface Layout {
  colours: Colours;
  width: number;
  label: number;
  bar: number;
  /** Whether the status fits after the duration; otherwise it has a line of its own. */
  hasStatusRoom: boolean;
}

/** Bars are shorter where a line has fewer characters. */
function barWidth(width: number): number {
  if (width >= 100) return 30;
  if (width >= 70) return 20;
  return width >= 50 ? 12 : 6;
}

/** Formats a trace as a waterfall: the label, bar and duration of each span, and below it the items that were recorded in it. */
export function formatTrace(trace: Trace, colours: Colours, width: number = Infinity): string {
  const layout = layOut(trace, colours, width);
  const lines = trace.spans.flatMap((entry) => [
    ...spanLines(entry, trace, layout),
    ...entry.items.flatMap((item) => attachedLines(item, entry.depth, layout)),
  ]);
  return [...headlines(trace, layout), ...lines, ...unattached(trace, layout)].join("\n");
}

function layOut({ spans }: Trace, colours: Colours, width: number): Layout {
  const longest = (texts: string[]): number => Math.max(0, ...texts.map((text) => text.length));
  const bar = barWidth(width);
  const status = longest(spans.map(statusOf));
  const room = width - bar - DURATION_WIDTH - " ".length * 2;
  const hasStatusRoom = status === 0 || room - status - 1 >= MIN_LABEL;
  const labelRoom = hasStatusRoom && status > 0 ? room - status - 1 : room;
  const wanted = Math.min(MAX_LABEL, Math.max(MIN_LABEL, longest(spans.map(labelOf))));
  return { colours, width, label: Math.min(wanted, labelRoom), bar, hasStatusRoom };
}

function headlines(trace: Trace, { colours, width }: Layout): string[] {
  const more = trace.truncated ? ", cut at the first 10,000 items" : "";
  const count = `${trace.spans.length} ${trace.spans.length === 1 ? "span" : "spans"}`;
  const start = `${trace.start.slice(0, 19)}Z`;
  const facts = `${count}, ${formatDuration(trace.durationMs)}, from ${start}${more}`;
  const title = `trace ${trace.traceId}`;
  if (title.length + 2 + facts.length <= width)
    return [`${colours.strong(title)}  ${colours.faint(facts)}`];
  return [colours.strong(title), ...wrap(facts, width).map(colours.faint)];
}

function labelOf({ span, depth }: TraceSpan): string {
  const op = span.op === undefined || span.op === span.name ? "" : `${span.op} `;
  return `${"  ".repeat(depth)}${safeText(op + span.name)}`;
}

/** Returns the status of a span; an empty text when it has no error. */
function statusOf({ span }: TraceSpan): string {
  const { status = "ok" } = span;
  return ["ok", "unset"].includes(status) ? "" : safeText(status);
}

function spanLines(entry: TraceSpan, trace: Trace, layout: Layout): string[] {
  const { colours, label, bar, width, hasStatusRoom } = layout;
  const status = statusOf(entry);
  const paint = status === "" ? colours.good : colours.bad;
  const text = clip(labelOf(entry), label).padEnd(label);
  const duration = formatDuration(entry.span.durationMs ?? 0).padStart(DURATION_WIDTH);
  const line = `${text} ${paint(barOf(entry, trace.durationMs, bar))} ${duration}`;
  if (status === "") return [line];
  const indent = indentOf(entry.depth, width);
  return hasStatusRoom
    ? [`${line} ${colours.bad(status)}`]
    : [line, `${indent}${colours.bad(clip(status, width - indent.length))}`];
}

/** The indent of lines below a span, limited so that text fits after it. */
const indentOf = (depth: number, width: number): string =>
  "  ".repeat(Math.min(depth + 1, Math.floor(width / 8)));

/** The bar of a span: at least one block, and never wider than the column. */
function barOf({ span, offsetMs }: TraceSpan, totalMs: number, width: number): string {
  const scale = totalMs > 0 ? width / totalMs : 0;
  const start = Math.min(width - 1, Math.max(0, Math.floor(offsetMs * scale)));
  const blocks = Math.max(1, Math.round((span.durationMs ?? 0) * scale));
  const length = Math.min(width - start, blocks);
  return `${" ".repeat(start)}${"█".repeat(length)}`.padEnd(width);
}

function attachedLines(item: Item, depth: number, { colours, width }: Layout): string[] {
  const indent = `${indentOf(depth, width)}· `;
  return hangingLines(item, indent, { colours, width });
}

function unattached(trace: Trace, { colours, width }: Layout): string[] {
  if (trace.unattached.length === 0) return [];
  const lines = trace.unattached.flatMap((item) =>
    hangingLines(item, `  ${clockTime(item)} `, { colours, width }),
  );
  const title = wrap("in this trace, outside its received spans:", width);
  return ["", ...title.map(colours.faint), ...lines];
}

/** Formats an item after its start; notes that do not fit are indented lines below it. */
function hangingLines(
  item: Item,
  start: string,
  { colours, width }: Pick<Layout, "colours" | "width">,
): string[] {
  const [first, ...notes] = itemLines(item, colours, {
    room: width - start.length,
    noteWidth: width - HANGING.length,
  });
  return [`${colours.faint(start)}${first}`, ...notes.map((note) => HANGING + note)];
}

const HANGING = "    ";
