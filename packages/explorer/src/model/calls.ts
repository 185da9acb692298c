/** The attribute of a folded metric: the number of calls that it is the sum or the last value of. */
export const FOLDED = "spanmeter.folded";

/**
 * Returns how many calls a metric stands for.
 * @param weight - 1 / `sentry.client_sample_rate` of a sampled metric, otherwise 1
 * @param folded - the attribute `spanmeter.folded`, of which only a number above 1 counts
 */
export const callsOf = (weight: number, folded: unknown): number =>
  typeof folded === "number" && folded > 1 ? weight * folded : weight;

/** Returns the number of calls that a metric stands for as text, such as `30 calls`; empty for one call. */
export const callsText = (calls: number): string =>
  calls === 1 ? "" : `${Math.round(calls * 100) / 100} calls`;
