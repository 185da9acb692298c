import type { Engine } from "../contract/engine.js";
import type { AttributeValue } from "../contract/metric.js";
import type { Part, Trim } from "../contract/part.js";
import { NOTHING } from "../engine/attributes.js";
import { makeSeries } from "../engine/series.js";
import { valueSize } from "../engine/size.js";
import { changeMetric } from "../engine/waiting-metric.js";

/** Makes a metric fit into `maxMetricBytes` by shortening its longest text, then the next. */
export const trimming = (): Part => ({ createTrim });

const createTrim = ({ encodeUtf8 }: Engine): Trim =>
  function trim(metric, excess) {
    // Measured whole once, then by what is cut: attributes may be many.
    let excessBytes = excess;
    const attributes: Record<string, AttributeValue> = {
      ...metric.sharedAttributes,
      ...metric.series.attributes,
    };
    for (let [key, text] of Object.entries(attributes).sort(
      ([, a], [, b]) => valueSize(b) - valueSize(a),
    ))
      while (excessBytes > 0 && text && typeof text === "string") {
        // Never too much, and not in the middle of a surrogate pair.
        const start: string = text
          .slice(0, -Math.ceil(excessBytes / 3))
          .replace(/[\ud800-\udbff]$/, "");
        excessBytes -= encodeUtf8(text.slice(start.length)).length;
        // The key exists, so that nothing but it is assigned.
        attributes[key] = text = start;
      }
    return excessBytes > 0
      ? undefined
      : changeMetric(metric, {
          series: makeSeries(metric.series.instrument, attributes),
          sharedAttributes: NOTHING,
        });
  };
