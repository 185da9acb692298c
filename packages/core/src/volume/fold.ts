import type { Bag } from "../engine/attributes.js";
import type { Fold, Waiting } from "../contract/pending-metric.js";
import type { World } from "../engine/engine.js";
import { rateOf, SAMPLE_RATE } from "./rate.js";
import { addTo, metricsOf, type Series } from "./series.js";

/**
 * Folds calls by series: a counter into its sum, a gauge into its last, least and greatest value, a
 * distribution into a sample with weights. Beyond `maxSeries` series, or as many bytes as the queue may
 * hold, calls fold into one series per type, name and unit; there are at most `maxSeries` of those.
 */
export function createFold(
  world: World,
  /** What every metric of the client carries. */
  defaults: () => Bag,
  fit: (metric: Waiting) => Waiting | undefined,
): Fold {
  const { maxSeries, maxQueueBytes } = world.settings;
  const table = new Map<string, Series>();
  let bytes = 0;
  // Calls in a row mostly share this object.
  let base: Bag | undefined;
  let baseText = "";

  function keyOf({ type, name, unit, attributes, base: next }: Waiting): string {
    if (next !== base) baseText = textOf((base = next));
    // A name or a unit may hold a line break; with the name's length no two keys can be the same text.
    return [type, name.length, name, unit, textOf(attributes), baseText].join("\n");
  }

  return {
    add(metric) {
      const isFull = table.size >= maxSeries || bytes >= maxQueueBytes;
      let key = keyOf(metric);
      if (isFull && !table.has(key)) {
        const rate = rateOf(metric);
        const attributes = {
          "spanmeter.overflow": true,
          ...(rate < 1 && { [SAMPLE_RATE]: rate }),
        };
        metric = { ...metric, attributes, base: defaults() };
        // Measures it anew: all calls of a series have the same size.
        fit(metric);
        key = keyOf(metric);
      }
      let series = table.get(key);
      if (!series) {
        if (table.size >= 2 * maxSeries) return "buffer_overflow";
        table.set(key, (series = { calls: 0, last: metric, kept: [], sum: 0, rest: 0 }));
      }
      const { kept } = series;
      // A sum that is no finite number could not be sent.
      if (!Number.isFinite(series.sum + metric.value)) return "buffer_overflow";
      const before = kept.length;
      addTo(series, metric, isFull, world.random);
      bytes += (kept.length - before) * metric.bytes;
      return metric;
    },
    take() {
      for (const [key, series] of table) {
        table.delete(key);
        bytes -= series.kept.length * series.last.bytes;
        // What says how many calls it stands for takes room, too.
        return metricsOf(series).map((metric) => world.guard(() => fit(metric)) ?? metric);
      }
      return [];
    },
  };
}

/** The same for the same attributes, in whichever order they were given. */
function textOf(bag: Bag): string {
  for (const _ in bag) return JSON.stringify(bag, Object.keys(bag).sort());
  return "";
}
