import type { Diagnostics } from "../contract/engine.js";
import type { PendingMetric } from "../contract/pending-metric.js";
import type { TableInstrument } from "./plan.js";

const explained = new WeakSet<TableInstrument>();

/** Warns once that a metric has too many series, and which attribute is why. Called behind `__DEV__`. */
export function explainMany(
  diagnostics: Diagnostics,
  instrument: TableInstrument,
  seriesOf: (instrument: TableInstrument) => readonly { readonly first: PendingMetric }[],
): void {
  if (explained.has(instrument)) return;
  explained.add(instrument);
  const { name, plan } = instrument;
  const values = new Map<string, Set<unknown>>();
  for (const { first } of seriesOf(instrument))
    for (const [key, value] of Object.entries({
      ...first.sharedAttributes,
      ...first.series.attributes,
    })) {
      const known = values.get(key);
      if (known) known.add(value);
      else values.set(key, new Set([value]));
    }
  const [most] = [...values].sort(([, a], [, b]) => b.size - a.size);
  diagnostics.warn(
    `series ${name}`,
    `"${name}" has more than ${plan.maxSeries} series at a time (maxSeries): later ones share one without attributes. ` +
      (most
        ? `The attribute "${most[0]}" has ${most[1].size} values; deny it with attributeRules.`
        : ""),
  );
}
