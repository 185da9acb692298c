import type { Bag } from "../attributes.js";
import { SAMPLE_RATE, type Fold, type Stage, type Waiting } from "../waiting.js";
import type { World } from "../world.js";
import { addTo, createSeries, metricsOf, type Series } from "./series.js";

/** The most calls of one distribution that are kept besides its least and greatest. */
const SAMPLE = 98;

/**
 * Folds calls by series: a counter into its sum, a gauge into its last, least and greatest value, a
 * distribution into a sample with weights. Beyond `maxSeries` series, or as many bytes as the queue may
 * hold, calls fold into one series per type, name and unit; there are at most `maxSeries` of those.
 */
export function createFold(
  world: World,
  /** What every metric of the client carries. */
  defaults: Bag,
  fit: Stage,
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
        const rate = metric.attributes[SAMPLE_RATE];
        const attributes = { "spanmeter.overflow": true, ...(rate && { [SAMPLE_RATE]: rate }) };
        metric = { ...metric, attributes, base: defaults };
        key = keyOf(metric);
      }
      const series = table.get(key);
      if (!series) {
        if (table.size >= 2 * maxSeries) return "buffer_overflow";
        table.set(key, createSeries(metric, SAMPLE));
        bytes += metric.bytes;
        return metric;
      }
      // A sum that is no finite number could not be sent.
      if (!Number.isFinite(series.sum + metric.value)) return "buffer_overflow";
      const before = series.sample.length;
      // What could not grow once stays as it is: calls left out until then had no chance in it.
      if (isFull) series.room = Math.max(1, before);
      addTo(series, metric, world.random);
      bytes += (series.sample.length - before) * metric.bytes;
      return metric;
    },
    take() {
      for (const [key, series] of table) {
        table.delete(key);
        bytes -= (series.sample.length + 1) * series.last.bytes;
        return metricsOf(series).map((metric) => {
          // What says how many calls it stands for takes room, too.
          const fitting = fit(metric, {});
          return typeof fitting === "string" ? metric : fitting;
        });
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
