import type { AttributeMap, AttributeValue, MetricType } from "./metric.js";
import type { Usage } from "./usage.js";

/** What Sentry stores as one metric: a type, a name and a unit. Made once, and found again at each call. */
export interface Instrument {
  readonly type: MetricType;
  readonly name: string;
  readonly unit: string | undefined;
  readonly plan: Plan;
  /** Counts by name, for `stats()`. */
  readonly usage: Usage;
  /** Where the series table begins to look for a series of this instrument. */
  node: object | undefined;
}

/** How the calls of an instrument are reduced: its policy, with every rate and rule that concerns it. */
export interface Plan {
  /** Calls that agree in this are folded; `undefined` sends each call. */
  readonly by: "span" | "trace" | "series" | undefined;
  /** How long calls are folded, in milliseconds. */
  readonly interval: number;
  /** The most values to keep of a folded distribution. */
  readonly size: number;
  /** The share of calls to keep: the product of the rates of the policy, its rule and the client. */
  readonly rate: number;
  /** The most series to fold at a time; later ones share one without attributes. */
  readonly maxSeries: number;
  /** Decides about each attribute. */
  readonly rules: AttributeRules | undefined;
}

/**
 * Decides about one attribute: returns the value to send, or `undefined` to leave it out. Made by
 * `attributeRules()`; a function of the application is as good.
 */
export type AttributeRules = (key: string, value: AttributeValue) => AttributeValue | undefined;

/** An instrument with attributes. */
export interface Series {
  readonly instrument: Instrument;
  /** Those of the call, without the shared ones. */
  readonly attributes: AttributeMap;
  /** The size of name and attributes as Relay measures it, with text counted in UTF-16 units. */
  readonly bytes: number;
  /** It is found again by later calls: an encoder may cache its text in `encoded`. */
  readonly isCached: boolean;
  encoded?: unknown;
  /** Its exact size with the shared attributes of the last call that was left out by a rate. */
  sized?: { readonly sharedAttributes: AttributeMap; readonly bytes: number };
}

/** Finds the series of a call; a new one where there is no table of series. */
export type FindSeries = (instrument: Instrument, attributes: unknown) => Series;
