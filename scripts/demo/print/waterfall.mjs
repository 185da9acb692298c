import { clip, duration, quantity } from "./number-text.mjs";
import { bad, faint, good, line, NARROW, strong, warn, WIDTH } from "./terminal.mjs";
import { causesOf } from "../findings/trace-facts.mjs";

const LABEL = NARROW ? 40 : 46;
const BAR = NARROW ? 18 : 36;

/** Prints a trace as an indented waterfall, with the items of each span below it. `slowest` is marked. */
export function printWaterfall({ trace, slowest }) {
  const scale = BAR / Math.max(trace.durationMs, 1);
  for (const { span, depth, offsetMs, items } of trace.spans) {
    const indent = "  ".repeat(depth);
    const label = clip(`${indent}${[span.op, span.name].filter(Boolean).join("  ")}`, LABEL);
    const marked = span.spanId === slowest?.spanId;
    const paint = marked ? bad : span.status === "error" ? warn : good;
    const start = Math.min(BAR - 1, Math.floor(offsetMs * scale));
    const length = Math.min(BAR - start, Math.max(1, Math.round((span.durationMs ?? 0) * scale)));
    const bar = `${" ".repeat(start)}${"█".repeat(length)}`.padEnd(BAR);
    const took = duration(span.durationMs ?? 0).padStart(9);
    line(`${strong(label.padEnd(LABEL))} ${paint(bar)} ${took}${marked ? bad(" ◀ slow") : ""}`);
    for (const item of items) printItem(item, `${indent}  `);
  }
  for (const item of trace.unattached) printItem(item, "  ");
}

function printItem(item, indent) {
  if (item.kind === "error") {
    const [caught, ...causes] = causesOf(item);
    line(bad(clip(`${indent}✗ error  ${caught}`, WIDTH)));
    for (const cause of causes) line(bad(clip(`${indent}         caused by ${cause}`, WIDTH)));
    return;
  }
  const what = item.kind === "log" ? `log ${item.level}  ${item.name}` : metricText(item);
  line(faint(clip(`${indent}· ${what}  ${attributesText(item)}`, WIDTH)));
}

const metricText = ({ name, value, unit }) => `${name} = ${quantity(value, unit)}`;

/** Formats the attributes of an item, without those that SDKs add to everything. */
export const attributesText = ({ attributes }) =>
  Object.entries(attributes)
    .filter(([key]) => !key.startsWith("sentry.") && key !== "server.address")
    .map(([key, value]) => `${key}=${value}`)
    .join(" ");
