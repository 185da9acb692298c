import type { AttributeMap, Instrument, PendingMetric } from "@spanmeter/core";

/** What tests give of a pending metric. */
export interface GivenMetric
  extends
    Partial<Omit<PendingMetric, "series">>,
    Partial<Pick<Instrument, "type" | "name" | "unit">> {
  readonly attributes?: AttributeMap;
  /** Of the series: whether it is found again. */
  readonly isCached?: boolean;
}

/** A pending metric, as it is in the queue. */
export function pendingMetric({
  type = "counter",
  name = "email.sent",
  unit,
  attributes = {},
  isCached = false,
  ...given
}: GivenMetric = {}): PendingMetric {
  return {
    series: { instrument: { type, name, unit }, attributes, bytes: 0, isCached },
    value: 1,
    time: 1_763_942_400_123,
    trace: { traceId: "a".repeat(32) },
    sharedAttributes: {},
    bytes: 0,
    calls: 1,
    sequence: 0,
    arrivalIndex: 0,
    ...given,
  };
}
