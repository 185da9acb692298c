import type { Engine } from "../contract/engine.js";
import type { AttributeMap } from "../contract/metric.js";
import type { Part } from "../contract/part.js";
import type { PendingMetric } from "../contract/pending-metric.js";
import type { Fold, FoldHost, Measure } from "../contract/stage.js";
import { makeSeries } from "../engine/series.js";
import { changeMetric } from "../engine/waiting-metric.js";
import { addMetric, metricsOf, newFolded, type Folded } from "./folded.js";
import { rateOf, SAMPLE_RATE } from "./rate.js";

/**
 * Folds metrics that arrive while the queue is full or Sentry asked for a pause, by series: a counter into
 * its sum, a gauge into its last, least and greatest value, a distribution into a sample with weights. Beyond `maxSeries` series, or as many bytes as the queue may
 * hold, calls fold into one series per type, name and unit; there are at most `maxSeries` of those.
 */
export const folding = (): Part => ({ createFold });

function createFold(engine: Engine, { defaults }: FoldHost, measure: Measure): Fold {
  const { maxSeries, maxQueueBytes } = engine.settings;
  const table = new Map<string, Folded>();
  let bytes = 0;
  // Calls in a row mostly share this object.
  let sharedAttributes: AttributeMap | undefined;
  let sharedText = "";

  function keyOf({ series, sharedAttributes: next }: PendingMetric): string {
    if (next !== sharedAttributes) sharedText = textOf((sharedAttributes = next));
    const { type, name, unit } = series.instrument;
    // A name or a unit may hold a line break; with the name's length no two keys can be the same text.
    return [type, name.length, name, unit, textOf(series.attributes), sharedText].join("\n");
  }

  const isFull = (): boolean => table.size >= maxSeries || bytes >= maxQueueBytes;

  return {
    add(given) {
      let metric = given;
      let key = keyOf(metric);
      if (isFull() && !table.has(key)) {
        metric = overflowOf(metric, defaults());
        key = keyOf(metric);
      }
      let folded = table.get(key);
      if (!folded) {
        if (table.size >= 2 * maxSeries) return "buffer_overflow";
        table.set(key, (folded = newFolded(metric)));
      }
      const kept = addMetric(folded, metric, isFull, engine.random);
      // A sum that is no finite number could not be sent.
      if (kept === undefined) return "buffer_overflow";
      bytes += kept * metric.bytes;
      return metric;
    },
    take() {
      for (const [key, folded] of table) {
        table.delete(key);
        bytes -= folded.kept.length * folded.first.bytes;
        // The attribute that says how many calls it represents adds bytes.
        return metricsOf(folded).map((metric) => engine.guard(() => measure(metric)) ?? metric);
      }
      return [];
    },
  };
}

/** The metric without its attributes, for series that there is no room for. */
function overflowOf(metric: PendingMetric, sharedAttributes: AttributeMap): PendingMetric {
  const { series } = metric;
  const rate = rateOf(series.attributes, metric.sharedAttributes);
  const attributes = { "spanmeter.overflow": true, ...(rate < 1 && { [SAMPLE_RATE]: rate }) };
  return changeMetric(metric, {
    series: makeSeries(series.instrument, attributes),
    sharedAttributes,
  });
}

/** One text for equal attributes, in whichever order they were given. */
function textOf(attributes: AttributeMap): string {
  for (const _ in attributes) return JSON.stringify(attributes, Object.keys(attributes).sort());
  return "";
}
