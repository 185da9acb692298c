import type { AttributeMap, Instrument, PendingMetric } from "@spanmeter/core";

/** What tests give of a pending metric. */
export interface GivenMetric
  extends
    Partial<Omit<PendingMetric, "series">>,
    Partial<Pick<Instrument, "type" | "name" | "unit">> {
  readonly attributes?: AttributeMap;
}

/** A pending metric, as it is in the queue. */
export function pendingMetric({
  type = "counter",
  name = "email.sent",
  unit,
  attributes = {},
  ...given
}: GivenMetric = {}): PendingMetric {
  const usage = { name, calls: 0, items: 0, billedBytes: 0, rawBytes: 0, series: 0 };
  const plan = { by: undefined, interval: 0, size: 0, rate: 1, maxSeries: 2000, rules: undefined };
  const instrument: Instrument = { type, name, unit, plan, usage, node: undefined };
  return {
    series: { instrument, attributes, bytes: 0, isCached: false },
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
