import { seededRandom } from "@spanmeter/testing";
import { estimate, type Estimates } from "@spanmeter/testing/snuba/estimate";
import type { StoredMetric } from "@spanmeter/testing/snuba/stored-metric";
import { describe, expect, test } from "vitest";
import { sample, type Options } from "../../../src/index.js";
import { readStored } from "./read-stored.js";
import { SHAPES, valuesOf } from "./shapes.js";
import { MAX_STANDARD_ERRORS, standardErrorsOff } from "./standard-errors.js";

const TRACES = 100;
const SEEDS = 120;
const PERCENTILES = [
  ["p50", 0.5],
  ["p95", 0.95],
  ["p99", 0.99],
] as const;

/** A trace with the values that are recorded in it. */
interface Visit {
  readonly traceId: string;
  readonly values: readonly number[];
}

/** Traces of one to five calls; their ids begin with a time, as those of AWS X-Ray do. */
function visitsOf(values: readonly number[], seed: number): Visit[] {
  const random = seededRandom(seed);
  const hex = (): string =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, "0");
  const visits: Visit[] = [];
  for (let at = 0; at < values.length;) {
    const calls = 1 + (visits.length % 5);
    const traceId = `67890abc${hex()}${hex()}${hex()}`;
    visits.push({ traceId, values: values.slice(at, (at += calls)) });
  }
  return visits;
}

const stored = (options: Options, visits: readonly Visit[], seed = 1): Promise<StoredMetric[]> =>
  readStored(options, seed, ({ client }) => {
    for (const { traceId, values } of visits)
      for (const value of values) client.metrics.distribution("d", value, { trace: { traceId } });
  });

const tracesOf = (metrics: readonly StoredMetric[]): Set<string> =>
  new Set(metrics.map(({ traceId }) => traceId));

const sampling = (rate: number): Options => ({ volume: [{ match: "*", policy: sample(rate) }] });

describe.each(Object.keys(SHAPES))("values that are %s", (shape) => {
  const values = valuesOf(shape, 3 * TRACES, 7);
  const sorted = [...values].sort((a, b) => a - b);
  const sum = values.reduce((a, b) => a + b, 0);

  test.each([0.5, 1 / 3, 0.1])("sampled by %f keep their aggregates on average", async (rate) => {
    const all: Estimates[] = [];
    for (let seed = 1; seed <= SEEDS; seed++)
      all.push(estimate(await stored(sampling(rate), visitsOf(values, seed))));
    const off = (pick: (each: Estimates) => number, truth: number, bias?: number): number =>
      standardErrorsOff(all.map(pick), truth, bias);
    expect(off(({ count }) => count, values.length)).toBeLessThan(MAX_STANDARD_ERRORS);
    expect(off((each) => each.sum, sum)).toBeLessThan(MAX_STANDARD_ERRORS);
    // A percentile is one of the kept values, and traces are kept whole.
    const step = 1 / (rate * TRACES);
    for (const [name, share] of PERCENTILES) {
      const rank = (each: Estimates): number => (1 + sorted.indexOf(each[name])) / values.length;
      expect(off(rank, share, step), `rank of ${name}`).toBeLessThan(MAX_STANDARD_ERRORS);
    }
  });
});

describe("sample()", () => {
  const visits = visitsOf(valuesOf("uniform", 3 * TRACES, 1), 1);

  test("keeps each trace whole or leaves it out", async () => {
    const kept = await stored(sampling(0.3), visits);
    const ids = tracesOf(kept);
    expect(ids.size).toBeGreaterThan(0);
    const whole = visits.filter(({ traceId }) => ids.has(traceId)).flatMap((visit) => visit.values);
    expect(kept.map(({ value }) => value)).toEqual(whole);
  });

  test("decides about a trace the same way in each client", async () => {
    const [one, other] = [
      await stored(sampling(0.3), visits, 1),
      await stored(sampling(0.3), visits, 2),
    ];
    expect(tracesOf(other)).toEqual(tracesOf(one));
  });

  test("keeps a subset at a lower rate", async () => {
    let more = new Set(visits.map(({ traceId }) => traceId));
    for (const rate of [0.9, 0.5, 0.3, 0.1, 0.02]) {
      const fewer = tracesOf(await stored(sampling(rate), visits));
      expect(fewer.size, `at ${rate}`).toBeLessThan(more.size);
      expect([...fewer].every((traceId) => more.has(traceId))).toBe(true);
      more = fewer;
    }
  });

  test("keeps the same traces for a product of rates as for one rate", async () => {
    const product: Options = {
      sampleRate: 0.5,
      volume: [{ match: "*", policy: sample(0.5), sampleRate: 0.8 }],
    };
    const [one, other] = [await stored(sampling(0.2), visits), await stored(product, visits)];
    expect(tracesOf(other)).toEqual(tracesOf(one));
    expect(other[0]?.samplingFactor).toBe(0.2);
  });
});
