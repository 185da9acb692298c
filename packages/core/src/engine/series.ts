import type { AttributeMap } from "../contract/metric.js";
import type { AttributeRules, FindSeries, Instrument, Series } from "../contract/series.js";
import { copyAttributes } from "./attributes.js";
import { sizeOf } from "./size.js";

/** Makes a series of attributes that were copied. */
export const makeSeries = (
  instrument: Instrument,
  attributes: AttributeMap,
  isCached = false,
): Series => ({
  instrument,
  attributes,
  bytes: instrument.name.length + sizeOf(attributes),
  isCached,
  encoded: undefined,
});

/** Makes a new series of the attributes of a call, as its rules want them. */
export const copySeries: FindSeries = (instrument, attributes) =>
  makeSeries(instrument, applyRules(instrument.plan.rules, copyAttributes(attributes)));

/** The attributes that are sent. */
export function applyRules(rules: AttributeRules | undefined, given: AttributeMap): AttributeMap {
  if (!rules) return given;
  return Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) => {
      const sent = rules(key, value);
      return sent === undefined ? [] : [[key, sent]];
    }),
  );
}
