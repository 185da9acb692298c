import type { AttributeMap } from "../contract/metric.js";
import type { FindInstrument, FindSeries, Instrument, Series } from "../contract/series.js";
import { copyAttributes } from "./attributes.js";
import { sizeOf } from "./size.js";

/** Makes a new instrument, if the arguments of its call are valid. */
export const makeInstrument: FindInstrument = (type, name, unit) =>
  (type === "counter" || type === "distribution" || type === "gauge") &&
  typeof name === "string" &&
  name.trim()
    ? { type, name, unit: (typeof unit === "string" && unit) || undefined }
    : undefined;

/** Makes a new series of the attributes of a call. */
export const copySeries: FindSeries = (instrument, attributes) =>
  makeSeries(instrument, copyAttributes(attributes));

/** Makes a series of attributes that were copied. */
export const makeSeries = (instrument: Instrument, attributes: AttributeMap): Series => ({
  instrument,
  attributes,
  bytes: instrument.name.length + sizeOf(attributes),
});
