import type { AttributeValue } from "../metric.js";
import type { Diagnostics } from "../diagnostics.js";
import { exactSize, type Stage } from "../waiting.js";

/** A UTF-16 unit takes at most three bytes of UTF-8. */
const MAX_BYTES_PER_UNIT = 3;

/**
 * Makes a metric fit into `limit` bytes by cutting its longest text, then the next; `invalid` when
 * there is no text left to cut.
 */
export function createFit(
  limit: number,
  encodeUtf8: (text: string) => Uint8Array,
  diagnostics: Diagnostics,
): Stage {
  return (metric) => {
    // Measuring UTF-8 takes a walk through every text: only where it could matter.
    if (metric.bytes * MAX_BYTES_PER_UNIT <= limit) return metric;
    let excess = exactSize(metric, encodeUtf8) - limit;
    if (excess <= 0) return metric;
    const attributes: Record<string, AttributeValue> = { ...metric.base, ...metric.attributes };
    const texts = Object.entries(attributes)
      .filter((entry): entry is [string, string] => typeof entry[1] === "string")
      .sort(([, a], [, b]) => b.length - a.length);
    for (let [key, text] of texts)
      while (excess > 0 && text) {
        const bytes = encodeUtf8(text).length;
        const units = Math.ceil((excess * text.length) / bytes);
        // Not in the middle of a surrogate pair. The key exists, so that nothing but it is assigned.
        attributes[key] = text = text.slice(0, -units).replace(/[\ud800-\udbff]$/, "");
        excess -= bytes - encodeUtf8(text).length;
      }
    if (__DEV__)
      diagnostics.warn(
        `size ${metric.name}`,
        `"${metric.name.slice(0, 100)}" has more than ${limit} bytes (maxMetricBytes): ` +
          (excess > 0
            ? "it was dropped, as there is no text left to cut."
            : "its longest text attributes were cut."),
      );
    return excess > 0 ? "invalid" : { ...metric, attributes, base: {} };
  };
}
