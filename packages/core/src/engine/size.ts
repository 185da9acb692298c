import type { AttributeMap, AttributeValue } from "../contract/metric.js";
import type { PendingMetric } from "../contract/pending-metric.js";

/** The bytes that every metric has: its value, and `sentry.timestamp.sequence` with its number. */
export const FIXED_BYTES: number = 8 + 25 + 8;

/**
 * Size as Relay measures it and Sentry bills it (docs/protocol.md#size-limits): bytes of text, 8 for a
 * number, 1 for a boolean. Text is counted in UTF-16 units: exact for ASCII, a lower bound otherwise.
 */
export function sizeOf(attributes: AttributeMap): number {
  let size = 0;
  for (const key in attributes) size += key.length + valueSize(attributes[key] as AttributeValue);
  return size;
}

/** The size of one value, like {@link sizeOf}. */
export function valueSize(value: AttributeValue): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object") return typeof value === "number" ? 8 : 1;
  return (value as readonly AttributeValue[]).reduce<number>(
    (size, each) => size + valueSize(each),
    0,
  );
}

/** The bytes of a text in UTF-8. ASCII, the most frequent, is not encoded for it. */
export const byteLength = (text: string, encodeUtf8: (text: string) => Uint8Array): number =>
  // eslint-disable-next-line no-control-regex
  (/[^\0-\x7f]/.test(text) ? encodeUtf8(text) : text).length;

/** The size of a metric as Relay measures it, exactly. */
export function exactSize(
  { series, sharedAttributes }: Pick<PendingMetric, "series" | "sharedAttributes">,
  encodeUtf8: (text: string) => Uint8Array,
): number {
  const { name } = series.instrument;
  const all = { ...sharedAttributes, ...series.attributes };
  // All texts of the metric in one, with commas and digits, which take a byte per unit.
  const text = [name, Object.entries(all)].join();
  return name.length + FIXED_BYTES + sizeOf(all) + byteLength(text, encodeUtf8) - text.length;
}
