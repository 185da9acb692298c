import type { Bag } from "../engine/attributes.js";
import type { AttributeValue } from "../contract/metric.js";
import {
  exactSize,
  FIXED_BYTES,
  sizeOf,
  valueSize,
  type Waiting,
} from "../contract/pending-metric.js";
import type { World } from "../engine/engine.js";

type Fit = (metric: Waiting) => Waiting | undefined;

/**
 * Measures a metric and makes it fit into `maxMetricBytes` by cutting its longest text, then the next;
 * nothing is left of it when there is no text left to cut.
 */
export function createFit(world: World): Fit {
  const limit = world.settings.maxMetricBytes;
  // The shared attributes stay the same object until something changes; so does their size.
  let base: Bag | undefined;
  let baseSize = 0;

  return (metric) => {
    if (metric.base !== base) baseSize = sizeOf((base = metric.base)) + FIXED_BYTES;
    metric.bytes = metric.name.length + sizeOf(metric.attributes) + baseSize;
    // A UTF-16 unit takes at most three bytes of UTF-8, and measuring them takes a walk through every
    // text: only where it could matter.
    return metric.bytes * 3 <= limit ? metric : fit(world, metric, limit);
  };
}

function fit(world: World, metric: Waiting, limit: number): Waiting | undefined {
  // Measured whole once, then by what is cut: attributes may be many.
  let over = exactSize(metric, world.encodeUtf8) - limit;
  if (over <= 0) return metric;
  const attributes: Record<string, AttributeValue> = { ...metric.base, ...metric.attributes };
  for (let [key, text] of Object.entries(attributes).sort(
    ([, a], [, b]) => valueSize(b) - valueSize(a),
  ))
    while (over > 0 && text && typeof text === "string") {
      // Never too much, and not in the middle of a surrogate pair.
      const kept: string = text.slice(0, -Math.ceil(over / 3)).replace(/[\ud800-\udbff]$/, "");
      over -= world.encodeUtf8(text.slice(kept.length)).length;
      // The key exists, so that nothing but it is assigned.
      attributes[key] = text = kept;
    }
  if (__DEV__)
    world.warn(
      `size ${metric.name}`,
      `"${metric.name.slice(0, 100)}" has more than ${limit} bytes (maxMetricBytes): ` +
        (over > 0
          ? "it was dropped, as there is no text left to cut."
          : "its longest text attributes were cut."),
    );
  return over > 0 ? undefined : { ...metric, attributes, base: {}, bytes: limit };
}
