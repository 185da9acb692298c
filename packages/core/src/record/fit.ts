import { sizeOf, type Bag } from "../attributes.js";
import type { AttributeValue } from "../metric.js";
import type { World } from "../world.js";
import { exactSize, FIXED_BYTES, type Stage } from "../waiting.js";

/** A UTF-16 unit takes at most three bytes of UTF-8. */
const MAX_BYTES_PER_UNIT = 3;

/**
 * Measures a metric and makes it fit into `maxMetricBytes` by cutting its longest text, then the next;
 * `invalid` when there is no text left to cut.
 */
export function createFit(world: World): Stage {
  const limit = world.settings.maxMetricBytes;
  // The shared attributes stay the same object until something changes; so does their size.
  let base: Bag = {};
  let baseSize = 0;

  return (metric) => {
    if (metric.base !== base) {
      base = metric.base;
      baseSize = sizeOf(base);
    }
    metric.bytes = metric.name.length + FIXED_BYTES + sizeOf(metric.attributes) + baseSize;
    // Measuring UTF-8 takes a walk through every text: only where it could matter.
    if (metric.bytes * MAX_BYTES_PER_UNIT <= limit) return metric;
    let excess = exactSize(metric, world.encodeUtf8) - limit;
    if (excess <= 0) return metric;
    const attributes: Record<string, AttributeValue> = { ...metric.base, ...metric.attributes };
    const texts = Object.entries(attributes)
      .filter((entry): entry is [string, string] => typeof entry[1] === "string")
      .sort(([, a], [, b]) => b.length - a.length);
    for (let [key, text] of texts)
      while (excess > 0 && text) {
        const bytes = world.encodeUtf8(text).length;
        const units = Math.ceil((excess * text.length) / bytes);
        // Not in the middle of a surrogate pair. The key exists, so that nothing but it is assigned.
        attributes[key] = text = text.slice(0, -units).replace(/[\ud800-\udbff]$/, "");
        excess -= bytes - world.encodeUtf8(text).length;
      }
    if (__DEV__)
      world.warn(
        `size ${metric.name}`,
        `"${metric.name.slice(0, 100)}" has more than ${limit} bytes (maxMetricBytes): ` +
          (excess > 0
            ? "it was dropped, as there is no text left to cut."
            : "its longest text attributes were cut."),
      );
    return excess > 0 ? "invalid" : { ...metric, attributes, base: {} };
  };
}
