import type { AttributeRules, CreateVolume } from "./volume.js";

/** Names: a text in which `*` stands for any characters, a pattern, or a function. */
export type NameMatch = string | RegExp | ((name: string) => boolean);

/** What the metrics of some names cost. */
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
  readonly createVolume: CreateVolume;
}
