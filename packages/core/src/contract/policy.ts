import type { AttributeValue } from "./metric.js";

/** Names: a text in which `*` stands for any characters, a pattern, or a function. */
export type NameMatch = string | RegExp | ((name: string) => boolean);

/** A rule about the metrics of some names, and what they cost. */
export interface VolumeRule {
  /**
   * The names it is for.
   *
   * @example
   * match: "cache.*"
   */
  readonly match: NameMatch;
  /** How their calls are reduced: `raw()`, `fold()`, `sample()` or `reservoir()`. */
  readonly policy: Policy;
  /**
   * The share of calls to keep, above 0 and at most 1. It is multiplied by the `sampleRate` of the call and of the
   * client.
   *
   * @default 1
   */
  readonly sampleRate?: number | undefined;
  /**
   * Decides about their attributes, before the rules of the client.
   *
   * @default none
   */
  readonly attributeRules?: AttributeRules | undefined;
  /**
   * The most series of one metric, of a set of attributes each, to fold at a time. Later ones share one series
   * that carries `spanmeter.overflow: true` instead of attributes.
   *
   * @default the `maxSeries` of the client
   */
  readonly maxSeries?: number | undefined;
}

/**
 * How calls are reduced. Made by `raw()`, `fold()`, `sample()` or `reservoir()`, and brings the code that it needs:
 * an application that uses none does not load it.
 */
export interface Policy {
  /** Calls that agree in this are folded; `undefined` sends each call. */
  readonly by: "span" | "trace" | "series" | undefined;
  /** How long calls are folded, in milliseconds. */
  readonly interval: number | undefined;
  /** The most values to keep of a folded distribution. */
  readonly size: number | undefined;
  /** The share of calls to keep. */
  readonly rate: number;
  /** @internal */
  readonly createVolume: BroughtCode;
}

/** The code that an option brings with it: `CreateVolume`, which knows the options in turn. */
type BroughtCode = (...given: never) => object;

/** Decides about one attribute: returns the value to send, or `undefined` to leave it out. */
export type ChangeAttribute = (key: string, value: AttributeValue) => AttributeValue | undefined;

/** Rules about attributes, made by `attributeRules()`. They bring the code that applies them. */
export interface AttributeRules {
  readonly change: ChangeAttribute;
  /** @internal */
  readonly createVolume: BroughtCode;
}
