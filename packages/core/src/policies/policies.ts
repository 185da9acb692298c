import type { Policy } from "../contract/policy.js";
import { createVolume } from "./volume.js";

/** How calls are folded. */
export interface FoldOptions {
  /**
   * Calls that agree in name, unit, attributes and this are folded into one metric: `span` and `trace` keep every
   * link to a trace; `series` keeps the link of the last call.
   *
   * @default "span"
   */
  readonly by?: "span" | "trace" | "series" | undefined;
  /**
   * How long calls are folded, in milliseconds.
   *
   * @default 10 000
   */
  readonly interval?: number | undefined;
}

/** How a reservoir is filled. */
export interface ReservoirOptions extends FoldOptions {
  /**
   * Calls that agree in name, unit, attributes and this share a reservoir.
   *
   * @default "series"
   */
  readonly by?: "span" | "trace" | "series" | undefined;
  /**
   * The most values of a distribution to keep in an interval, the least and the greatest included: at least 3.
   *
   * @default 100
   */
  readonly size?: number | undefined;
}

const RAW: Policy = { by: undefined, interval: undefined, size: undefined, rate: 1, createVolume };

/** Sends every call. */
export const raw = (): Policy => RAW;

/**
 * Sends one metric for many calls: the sum of a counter, the last, least and greatest value of a gauge, and of a
 * distribution a weighted sample of 100 values. A counter's sum stays exact.
 *
 * @example
 * volume: [{ match: "cache.*", policy: fold({ by: "series" }) }]
 */
export const fold = ({ by = "span", interval }: FoldOptions = {}): Policy => ({
  ...RAW,
  by,
  interval,
});

/**
 * Sends a share of the calls, with their weight: sums, counts and percentiles stay right on average. All calls of
 * one trace are kept or left together, in each process and page.
 *
 * @param rate above 0 and at most 1
 * @example
 * volume: [{ match: "render.*", policy: sample(0.1) }]
 */
export const sample = (rate: number): Policy => ({ ...RAW, rate });

/**
 * Sends of a distribution the least, the greatest and a uniform sample of all other values in an interval, with
 * weights that add up to the number of calls. Counters and gauges are folded as by `fold()`.
 *
 * @example
 * volume: [{ match: "query.duration_ms", policy: reservoir({ size: 50 }) }]
 */
export const reservoir = ({ by = "series", interval, size }: ReservoirOptions = {}): Policy => ({
  ...RAW,
  by,
  interval,
  size,
});
