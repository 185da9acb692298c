/**
 * Returns the bytes that Sentry bills for a metric, its "canonical size" (docs/protocol.md#size-limits).
 * Type, unit, ids and timestamp are free.
 */
export function metricSize(metric: {
  readonly name: string;
  readonly value: unknown;
  readonly attributes?: { readonly [key: string]: unknown };
}): number {
  const attributes = Object.entries(metric.attributes ?? {});
  const weight = attributes.reduce(
    (sum, [key, value]) => sum + utf8Bytes(key) + valueSize(value),
    0,
  );
  return Math.max(1, utf8Bytes(metric.name) + valueSize(metric.value) + weight);
}

function valueSize(value: unknown): number {
  if (typeof value === "boolean") return 1;
  if (typeof value === "number") return 8;
  if (typeof value === "string") return utf8Bytes(value);
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + valueSize(item), 0);
  return 0;
}

const encoder = new TextEncoder();
/** Bound now, because a trial replaces it. */
const encode = encoder.encode.bind(encoder);
/** ASCII has a byte for each character, which is much faster to know than to encode it. */
const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);
const utf8Bytes = (text: string): number => (isAscii(text) ? text.length : encode(text).length);
