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
    let fitted = metric;
    for (;;) {
      const excess = exactSize(fitted, encodeUtf8) - limit;
      if (excess <= 0) return fitted;
      const attributes = { ...fitted.base, ...fitted.attributes };
      let longest = "";
      let text = "";
      for (const [key, value] of Object.entries(attributes))
        if (typeof value === "string" && value.length > text.length) [longest, text] = [key, value];
      if (__DEV__)
        diagnostics.warn(
          `size ${metric.name}`,
          `"${metric.name.slice(0, 100)}" has more than ${limit} bytes (maxMetricBytes): ` +
            (text
              ? "its longest text attributes were cut."
              : "it was dropped, there is no text to cut."),
        );
      if (!text) return "invalid";
      const units = Math.ceil((excess * text.length) / encodeUtf8(text).length);
      // Not in the middle of a surrogate pair.
      const cut = text.slice(0, -units).replace(/[\ud800-\udbff]$/, "");
      fitted = { ...metric, attributes: { ...attributes, [longest]: cut }, base: {} };
    }
  };
}
