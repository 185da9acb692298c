import { describe, expect, test } from "vitest";
import type { ReadMetric } from "../../src/readers/read-metrics.js";
import { estimate } from "../../src/snuba/estimate.js";
import { samplingFactorOf, storeMetrics } from "../../src/snuba/stored-metric.js";

function metric(value: number, rate?: number): ReadMetric {
  return {
    type: "distribution",
    name: "d",
    value,
    timestamp: 1,
    traceId: "a".repeat(32),
    attributes: rate === undefined ? {} : { "sentry.client_sample_rate": rate },
    attributeTypes: {},
    bytes: 1,
  };
}

test.each([
  [undefined, 1],
  [1, 1],
  [0.25, 0.25],
  [1 / 3, 0.333333],
  [2 / 3, 0.666667],
  [1e-9, 1e-6],
  [0, 1],
  [-0.5, 1],
  [1.5, 1],
  [NaN, 1],
  ["0.5", 1],
])("a client sample rate of %s is a factor of %f", (rate, factor) => {
  expect(samplingFactorOf(rate)).toBe(factor);
});

describe("estimates", () => {
  test("of metrics without rates are their plain aggregates", () => {
    const values = Array.from({ length: 100 }, (_, i) => i + 1);
    expect(estimate(storeMetrics(values.map((value) => metric(value))))).toEqual({
      count: 100,
      sum: 5050,
      avg: 50.5,
      min: 1,
      max: 100,
      p50: 50,
      p75: 75,
      p90: 90,
      p95: 95,
      p99: 99,
    });
  });

  test("weigh each metric by its rate, but not the least and greatest value", () => {
    // Weights 4, 1 and 5.
    const metrics = [metric(10, 0.25), metric(20), metric(30, 0.2)];
    expect(estimate(storeMetrics(metrics))).toMatchObject({
      count: 10,
      sum: 210,
      avg: 21,
      min: 10,
      max: 30,
      p50: 20,
      p75: 30,
    });
  });

  test("round counts to whole calls", () => {
    expect(estimate(storeMetrics([metric(1, 1 / 3), metric(1, 1 / 3)])).count).toBe(6);
  });
});
