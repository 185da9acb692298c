import type { AttributeMap, MetricType } from "./metric.js";

/** A type, a name and a unit, which Sentry stores as one metric. */
export interface Instrument {
  readonly type: MetricType;
  readonly name: string;
  readonly unit: string | undefined;
}

/** An instrument with attributes. */
export interface Series {
  readonly instrument: Instrument;
  /** Those of the call, without the shared ones. */
  readonly attributes: AttributeMap;
  /** The size of name and attributes as Relay measures it, with text counted in UTF-16 units. */
  readonly bytes: number;
  /** It is found again by later calls: an encoder may cache its text in `encoded`. */
  readonly isCached?: boolean;
  encoded?: unknown;
}

/** Finds an instrument by the arguments of a call; `undefined` when they are not valid. Never throws. */
export type FindInstrument = (
  type: MetricType,
  name: string,
  unit: unknown,
) => Instrument | undefined;

/** Finds the series of a call by its attributes, which are copied where there is no table of series. */
export type FindSeries = (
  instrument: Instrument,
  attributes: unknown,
  /** The call may be folded: then it may be found without its attributes. */
  mayFold?: boolean,
) => Series;
