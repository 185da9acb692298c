import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Series, SeriesAnswer } from "../../src/model/series.js";
import type { SeriesOptions } from "../../src/questions/series/series-question.js";
import { metric, metricEnvelope, text } from "../support/envelopes.js";
import type { SentMetric as Sent } from "@spanmeter/testing/numbers/definitions";
import { independentSeries } from "@spanmeter/testing/numbers/independent-series";
import { memoryIngest } from "../support/memory-ingest.js";

/** A time at which nothing is aligned. */
const NOW = 1_800_000_037;
const at = (seconds: number): string => new Date(seconds * 1000).toISOString();

async function ask(
  type: string,
  sent: readonly Sent[],
  options: SeriesOptions,
): Promise<SeriesAnswer> {
  const { send, queries } = await memoryIngest(() => BigInt(NOW) * 1_000_000_000n);
  for (let from = 0; from < sent.length; from += 500)
    send(
      metricEnvelope(
        ...sent.slice(from, from + 500).map(({ seconds, value, weight, attributes }) =>
          metric({
            type,
            name: "m",
            timestamp: seconds,
            value,
            attributes: {
              ...Object.fromEntries(
                Object.entries(attributes).map(([key, each]) => [key, text(each)]),
              ),
              ...(weight !== 1 && {
                "sentry.client_sample_rate": { type: "double", value: 1 / weight },
              }),
            },
          }),
        ),
      ),
    );
  return queries.series("m", options);
}

const sentAt = (seconds: number, over: Partial<Sent> = {}): Sent => ({
  seconds,
  value: 1,
  weight: 1,
  attributes: {},
  ...over,
});

/** The places at which two lists of values differ by more than rounding. */
function differences(
  actual: readonly (number | null)[] = [],
  wanted: readonly (number | null)[] = [],
): string[] {
  const places = Math.max(actual.length, wanted.length);
  return Array.from({ length: places }, (_, index) => [actual[index], wanted[index]] as const)
    .filter(([one, other]) =>
      typeof one === "number" && typeof other === "number"
        ? Math.abs(one - other) > 1e-9 * Math.max(1, Math.abs(other))
        : one !== other,
    )
    .map(([one, other]) => `${one} instead of ${other}`);
}

const only = ({ series }: SeriesAnswer): Series => series[0] as Series;

describe("buckets", () => {
  it("begin at multiples of their length, and the cut ones are marked", async () => {
    const answer = await ask("counter", [sentAt(NOW - 1)], { since: "5m", interval: "1m" });
    expect(answer.times.map((time) => time % 60)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(answer.partial).toEqual({ first: true, last: true });
    const whole = await ask("counter", [sentAt(NOW - 1)], {
      since: at(1_799_999_940),
      until: at(1_800_000_000 + 60),
      interval: "1m",
    });
    expect(whole.partial).toEqual({ first: false, last: false });
    expect(whole.times).toHaveLength(2);
  });

  it("of a constant rate all have that rate, also the cut ones", async () => {
    const sent = Array.from({ length: 3000 }, (_, index) => sentAt(NOW - 300 + index / 10));
    const answer = await ask("counter", sent, {
      since: "5m",
      interval: "1m",
      aggregations: ["per_second"],
    });
    expect(differences(only(answer).values["per_second"], [10, 10, 10, 10, 10, 10])).toEqual([]);
  });

  it("without items are there: 0 for sums, counts and rates, null for the others", async () => {
    const sent = [sentAt(NOW - 290), sentAt(NOW - 1, { value: 3 })];
    const options = { since: "5m", interval: "1m" };
    const { values, samples } = only(
      await ask("distribution", sent, {
        ...options,
        aggregations: ["sum", "count", "per_minute", "p95"],
      }),
    );
    expect(values["sum"]).toEqual([1, 0, 0, 0, 0, 3]);
    expect(values["count"]).toEqual([1, 0, 0, 0, 0, 1]);
    expect(values["per_minute"]?.slice(1, 5)).toEqual([0, 0, 0, 0]);
    expect(values["p95"]).toEqual([1, null, null, null, null, 3]);
    expect(samples).toEqual([1, 0, 0, 0, 0, 1]);
  });

  it.each([
    ["30s", 1],
    ["5m", 5],
    ["1h", 30],
    ["1d", 900],
    ["4w", 21_600],
  ])("of a range of %s have %i s by themselves", async (since, seconds) => {
    const answer = await ask("counter", [sentAt(NOW - 1)], { since });
    expect(answer.intervalSeconds).toBe(seconds);
    expect(answer.times.length).toBeLessThanOrEqual(121);
  });
});

describe("groups", () => {
  const routes = (count: number): Sent[] =>
    Array.from({ length: count * 3 }, (_, index) =>
      sentAt(NOW - 1 - (index % 200), {
        value: (index % count) + 1,
        attributes: { route: `/${index % count}` },
      }),
    );

  it("beyond the first are one series that adds up exactly", async () => {
    const sent = routes(1000);
    const answer = await ask("counter", sent, {
      since: "5m",
      by: ["route"],
      aggregations: ["sum"],
    });
    expect(answer.groups).toEqual({ total: 1000, shown: 8 });
    expect(answer.series.map(({ group }) => group?.["route"])).toEqual([
      "/999",
      "/998",
      "/997",
      "/996",
      "/995",
      "/994",
      "/993",
      "/992",
      undefined,
    ]);
    expect(answer.series.at(-1)?.others).toBe(992);
    const all = await ask("counter", sent, { since: "5m", aggregations: ["sum"] });
    const added = answer.times.map((_, bucket) =>
      answer.series.reduce((sum, { values }) => sum + (values["sum"]?.[bucket] ?? 0), 0),
    );
    expect(differences(added, only(all).values["sum"])).toEqual([]);
    expect(answer.items).toEqual({ stored: 3000, weighted: 3000 });
  });

  it("are never cut in time: the newest bucket is there", async () => {
    const sent = [...routes(500), sentAt(NOW - 0.5, { value: 7, attributes: { route: "/new" } })];
    const answer = await ask("counter", sent, {
      since: "5m",
      by: ["route"],
      aggregations: ["sum"],
    });
    const newest = answer.series.map(({ values }) => values["sum"]?.at(-1) ?? 0);
    expect(newest.reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(7);
  });

  it("are chosen by the aggregation asked for", async () => {
    const sent = [
      ...routes(5),
      sentAt(NOW - 2, { value: 1e6, attributes: { route: "/rare" } }),
      sentAt(NOW - 2, { value: 2 }),
    ];
    const options = { since: "5m", by: ["route"], top: 1, aggregations: ["sum"] };
    const names = async (sort: string): Promise<unknown> =>
      (await ask("distribution", sent, { ...options, sort })).series[0]?.group?.["route"];
    expect(await names("-max")).toBe("/rare");
    expect(await names("max")).toBe("/0");
    expect(await names("-count")).toBe("/0");
  });

  it("without the attribute are a group of their own", async () => {
    const answer = await ask("counter", [sentAt(NOW - 1), ...routes(1)], {
      since: "5m",
      by: ["route", "other"],
    });
    expect(answer.series.map(({ group }) => group)).toEqual([
      { route: "/0", other: null },
      { route: null, other: null },
    ]);
  });
});

describe("an earlier range", () => {
  const sent = [
    ...Array.from({ length: 60 }, (_, index) =>
      sentAt(NOW - 599 + index * 5, { attributes: { route: index % 2 ? "/a" : "/gone" } }),
    ),
    ...Array.from({ length: 60 }, (_, index) =>
      sentAt(NOW - 290 + index * 4, { attributes: { route: index % 2 ? "/a" : "/new" } }),
    ),
  ];
  const options = { interval: "1m", by: ["route"], aggregations: ["sum", "max"] } as const;

  it.each(["previous", "5m"])("of %s is the same question about that range", async (compare) => {
    const answer = await ask("distribution", sent, { ...options, since: "5m", compare });
    const before = await ask("distribution", sent, {
      ...options,
      since: at(NOW - 600),
      until: at(NOW - 300),
      where: ['route="/a"'],
    });
    const earlier = answer.earlier?.series ?? [];
    expect(answer.earlier?.range).toEqual(before.range);
    expect(earlier.map(({ group, others }) => group?.["route"] ?? others)).toEqual([
      "/a",
      "/new",
      0,
    ]);
    expect(earlier[0]).toEqual(only(before));
    expect(earlier[1]?.total).toEqual({ sum: 0, max: null });
    expect(earlier[2]?.total).toEqual({ sum: 30, max: 1 });
  });

  it("can have a start and an end", async () => {
    const compare = `${at(NOW - 600)}..${at(NOW - 300)}`;
    const answer = await ask("distribution", sent, { ...options, since: "5m", compare });
    const same = await ask("distribution", sent, { ...options, since: "5m", compare: "previous" });
    expect(answer.earlier).toEqual(same.earlier);
    await expect(
      ask("distribution", sent, {
        ...options,
        since: "5m",
        compare: `${at(NOW - 900)}..${at(NOW - 500)}`,
      }),
    ).rejects.toThrow(/compare is ".*", 400 s; the range has 300 s/);
  });

  it("must begin before the range itself", async () => {
    await expect(
      ask("distribution", sent, { ...options, since: "5m", compare: at(NOW - 10) }),
    ).rejects.toThrow(/must begin before the range itself/);
  });
});

describe("whatever was sent", () => {
  const sent = fc.record({
    seconds: fc.integer({ min: 0, max: 700_000 }).map((ms) => NOW - 700 + ms / 1000),
    value: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    weight: fc.constantFrom(1, 1, 2, 4, 10),
    attributes: fc.record({ k: fc.constantFrom("a", "b", "c"), l: fc.constantFrom("x", "y") }),
  });
  const BY_TYPE = {
    counter: ["sum", "per_second"],
    gauge: ["avg", "min", "max", "per_minute"],
    distribution: ["p50", "p95", "count", "avg"],
  } as const;

  it.each(Object.entries(BY_TYPE))(
    "a %s has the values of an independent computation",
    async (type, aggregations) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(sent, { minLength: 1, maxLength: 60 }),
          fc.constantFrom(7, 10, 60, 600),
          fc.integer({ min: 1, max: 699 }),
          fc.integer({ min: 1, max: 4 }),
          async (items, interval, length, top) => {
            const [since, until] = [NOW - 700 + 0.25, NOW - 700 + length + 0.5];
            const answer = await ask(type, items, {
              since: at(since),
              until: at(until),
              interval: `${interval}s`,
              by: ["k", "l"],
              aggregations,
              top,
            });
            const shown = new Set(
              answer.series.flatMap(({ group }) => (group ? [`${group["k"]} ${group["l"]}`] : [])),
            );
            for (const { group, values, total } of answer.series)
              for (const aggregation of aggregations) {
                const wanted = independentSeries(items, {
                  type,
                  aggregation,
                  since,
                  until,
                  interval,
                  belongs: ({ attributes: { k, l } }) =>
                    group ? group["k"] === k && group["l"] === l : !shown.has(`${k} ${l}`),
                });
                expect(differences(values[aggregation], wanted.values)).toEqual([]);
                expect(differences([total[aggregation] ?? null], [wanted.total])).toEqual([]);
              }
          },
        ),
        { numRuns: 60 },
      );
    },
  );
});

describe("options that are not valid", () => {
  it.each([
    [{ interval: "1ms" }, /interval cuts the range into \d+ buckets, 2000 are allowed/],
    [{ interval: "x" }, /interval is "x"/],
    [{ top: 0 }, /top must be a whole number from 1 to 50/],
    [{ by: ["a", "b", "c", "d"] }, /by has 4 keys; 3 are allowed/],
    [{ sort: "-p50" }, /"p50" is not an aggregation of a counter/],
    [{ compare: "x" }, /compare is "x"/],
    [{ where: ["a"] }, /an operator is missing/],
  ])("%j", async (options, message) => {
    await expect(ask("counter", [sentAt(NOW - 1)], options)).rejects.toThrow(message);
  });
});
