import { createEnd } from "./end.mjs";
import { countIn as check, metricsIn } from "./envelopes.mjs";

/** Adds up the values of counters in envelopes. Throws if a metric lacks a part of its call. */
export function countIn(bodies, wanted) {
  check(bodies, wanted);
  return bodies.flatMap(metricsIn).reduce((sum, { value }) => sum + value, 0);
}

/** Creates a receiver that adds up counters: folded calls arrive as their sum. */
export const sumsEnd = (wanted) => createEnd(import.meta.url, wanted);
