import type { Engine } from "../contract/engine.js";
import type { AttributeMap } from "../contract/metric.js";
import type { Part } from "../contract/part.js";
import type { PendingMetric } from "../contract/pending-metric.js";
import type { Fold, Measure } from "../contract/stage.js";
import { rateOf, SAMPLE_RATE } from "./rate.js";
import { addTo, metricsOf, type Series } from "./series.js";

/**
 * Folds metrics that arrive while the queue is full or Sentry asked for a pause, by series: a counter into
 * its sum, a gauge into its last, least and greatest value, a distribution into a sample with weights. Beyond `maxSeries` series, or as many bytes as the queue may
 * hold, calls fold into one series per type, name and unit; there are at most `maxSeries` of those.
 */
export const folding = (): Part => ({ createFold });

function createFold(
  engine: Engine,
  /** The attributes of every metric of the client. */
  defaults: () => AttributeMap,
  measure: Measure,
): Fold {
  const { maxSeries, maxQueueBytes } = engine.settings;
  const table = new Map<string, Series>();
  let bytes = 0;
  // Calls in a row mostly share this object.
  let sharedAttributes: AttributeMap | undefined;
  let sharedText = "";

  function keyOf({ type, name, unit, attributes, sharedAttributes: next }: PendingMetric): string {
    if (next !== sharedAttributes) sharedText = textOf((sharedAttributes = next));
    // A name or a unit may hold a line break; with the name's length no two keys can be the same text.
    return [type, name.length, name, unit, textOf(attributes), sharedText].join("\n");
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
        metric = { ...metric, attributes, sharedAttributes: defaults() };
        // All calls of a series have the same size.
        measure(metric);
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
      addTo(series, metric, isFull, engine.random);
      bytes += (kept.length - before) * metric.bytes;
      return metric;
    },
    take() {
      for (const [key, series] of table) {
        table.delete(key);
        bytes -= series.kept.length * series.last.bytes;
        // The attribute that says how many calls it represents adds bytes.
        return metricsOf(series).map((metric) => engine.guard(() => measure(metric)) ?? metric);
      }
      return [];
    },
  };
}

/** One text for equal attributes, in whichever order they were given. */
function textOf(attributes: AttributeMap): string {
  for (const _ in attributes) return JSON.stringify(attributes, Object.keys(attributes).sort());
  return "";
}
