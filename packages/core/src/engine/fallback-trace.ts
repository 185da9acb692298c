import type { Trace } from "../contract/metric.js";
import { createSlot } from "./process-slot.js";

/**
 * The trace of everything that has no other: one for a process, a thread or the load of a page, so that
 * clients that live side by side share it.
 */
export function fallbackTrace(random: () => number): Trace {
  return createSlot("spanmeter.fallback", () => ({ traceId: randomTraceId(random) })).get();
}

/** A random trace id. Its first digit is fixed, so that not all are zero. */
export function randomTraceId(random: () => number): string {
  let id = "f";
  while (id.length < 32) id += Math.floor(random() * 16).toString(16);
  return id;
}
