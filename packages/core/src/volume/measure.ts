import type { Engine } from "../contract/engine.js";
import type { Trim } from "../contract/part.js";
import type { Measure } from "../contract/stage.js";
import { exactSize } from "../engine/size.js";

/** Measures metrics and drops those above `maxMetricBytes`, unless `trim` makes them fit. */
export function createMeasure(engine: Engine, trim: Trim | undefined): Measure {
  const limit = engine.settings.maxMetricBytes;
  return function measure(metric) {
    // A UTF-16 unit takes at most three bytes of UTF-8. Counting them reads every text: only where it could
    // matter.
    if (metric.bytes * 3 <= limit) return metric;
    const excess = exactSize(metric, engine.encodeUtf8) - limit;
    if (excess <= 0) return metric;
    const trimmed = trim?.(metric, excess);
    if (__DEV__)
      engine.warn(
        `size ${metric.series.instrument.name}`,
        `"${metric.series.instrument.name.slice(0, 100)}" has more than ${limit} bytes (maxMetricBytes): ` +
          (trimmed
            ? "its longest text attributes were cut."
            : trim
              ? "it was dropped, as there is no text left to cut."
              : "it was dropped, as this client has no part that cuts long texts."),
      );
    return trimmed;
  };
}
