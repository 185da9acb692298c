import type { PendingMetric } from "@spanmeter/core";

/** A pending metric, as it is in the queue. */
export const metric = (given: Partial<PendingMetric> = {}): PendingMetric => ({
  type: "counter",
  name: "email.sent",
  value: 1,
  unit: undefined,
  time: 1_763_942_400_123,
  trace: { traceId: "a".repeat(32) },
  attributes: {},
  sharedAttributes: {},
  bytes: 0,
  calls: 1,
  sequence: 0,
  arrivalIndex: 0,
  ...given,
});
