import { metricSize } from "./metric-size.js";
import type { ReadAttribute } from "./read-attributes.js";
import type { ReadMetric } from "./read-metrics.js";

/** The fields of a metric that a quick reader reads. */
export type QuickMetric = Pick<ReadMetric, "type" | "name" | "value" | "attributes" | "bytes">;

interface WireMetric extends Pick<ReadMetric, "type" | "name" | "value"> {
  readonly attributes?: Readonly<Record<string, { readonly value: ReadAttribute }>>;
}

const NEWLINE = 10;

/**
 * Reads the metrics of an envelope of Spanmeter without checking any rule, about ten times as fast as `readEnvelope`:
 * for hundreds of thousands of metrics.
 */
export function readQuickly(bytes: Uint8Array): QuickMetric[] {
  const lines = splitLines(bytes).map((line) => JSON.parse(line) as object);
  return lines.flatMap((line) => ("items" in line ? (line.items as WireMetric[]).map(read) : []));
}

/** JSON has no line breaks of its own. */
function splitLines(bytes: Uint8Array): string[] {
  const lines: string[] = [];
  const decoder = new TextDecoder();
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(NEWLINE, start);
    const end = found < 0 ? bytes.length : found;
    if (end > start) lines.push(decoder.decode(bytes.subarray(start, end)));
    start = end + 1;
  }
  return lines;
}

function read({ type, name, value, attributes: typed = {} }: WireMetric): QuickMetric {
  const attributes: Record<string, ReadAttribute> = {};
  for (const key in typed) attributes[key] = typed[key]!.value;
  return { type, name, value, attributes, bytes: metricSize({ name, value, attributes }) };
}
