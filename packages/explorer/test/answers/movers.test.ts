import { describe, expect, it } from "vitest";
import type { MetricType } from "../../src/model/metric.js";
import type { Movers } from "../../src/model/movers.js";
import type { ReceivedItem } from "../../src/model/received-item.js";
import type { MoversOptions } from "../../src/questions/lists/movers-question.js";
import { memoryStore, NOW_MS } from "../support/memory-store.js";
import { seededNumbers } from "../support/random.js";
import { item } from "../store/store-contract.js";

const MINUTE = 60;
const HALF = 30 * MINUTE;

/** A metric, so many seconds before now. */
const sent = (secondsAgo: number, over: Partial<ReceivedItem> = {}): ReceivedItem =>
  item({ timeNs: BigInt(NOW_MS) * 1_000_000n - BigInt(Math.round(secondsAgo * 1e9)), ...over });

/** A metric at each of so many equal steps from one moment to another, both in seconds before now. */
const every = (
  count: number,
  [from, to]: readonly [number, number],
  over: (index: number) => Partial<ReceivedItem>,
): ReceivedItem[] =>
  Array.from({ length: count }, (_, index) =>
    sent(from - ((from - to) * (index + 0.5)) / count, over(index)),
  );

const BEFORE = [2 * HALF, HALF] as const;
const NOW = [HALF, 0] as const;
/** A steady metric, without which nothing would be stored at the beginning of the earlier range. */
const CLOCK = every(61, [2 * HALF + 30, -30], () => ({ name: "clock" }));

async function ask(
  items: readonly ReceivedItem[],
  options: MoversOptions = { since: "30m" },
): Promise<Movers> {
  const { append, queries } = await memoryStore();
  append([...CLOCK, ...items]);
  return queries.movers(options);
}

const named = ({ movers }: Movers): string[] => movers.map(({ name, move }) => `${name} ${move}`);

describe("the metrics that moved", () => {
  it("have the rate of counters, the mean of gauges, and p95 of distributions, with both values", async () => {
    const gauge = (value: number) => () =>
      ({ name: "g", type: "gauge", unit: "byte", value }) as const;
    const values = (factor: number) => (index: number) =>
      ({ name: "d", type: "distribution", value: factor * ((index % 10) + 1) }) as const;
    const answer = await ask([
      ...every(300, BEFORE, () => ({ name: "c" })),
      ...every(900, NOW, () => ({ name: "c" })),
      ...every(90, BEFORE, gauge(40)),
      ...every(90, NOW, gauge(10)),
      ...every(300, BEFORE, values(1)),
      ...every(300, NOW, values(8)),
    ]);
    expect(answer).toMatchObject({
      range: { seconds: 1800 },
      earlier: { seconds: 1800 },
      bucketSeconds: 60,
      total: { moved: 3, compared: 4 },
    });
    expect(answer.movers).toMatchObject([
      {
        name: "d",
        move: "rose",
        aggregation: "p95",
        before: 10,
        now: 80,
        ratio: 8,
        difference: 70,
      },
      {
        name: "g",
        move: "fell",
        unit: "byte",
        aggregation: "avg",
        before: 40,
        now: 10,
        ratio: 0.25,
      },
      { name: "c", move: "rose", aggregation: "per_minute", before: 10, now: 30, ratio: 3 },
    ]);
    expect(answer.movers[2]).toMatchObject({ samples: { before: 300, now: 900 } });
    expect(answer.movers.map(({ spark }) => new Set(spark))).toEqual(
      [80, 10, 30].map((value) => new Set([value])),
    );
  });

  it("count each item as often as it stands for", async () => {
    const answer = await ask([
      ...every(300, BEFORE, () => ({ name: "c", weight: 4 })),
      ...every(300, NOW, () => ({ name: "c", weight: 16 })),
    ]);
    expect(answer.movers).toMatchObject([{ before: 40, now: 160 }]);
  });

  it("are new or silent without items in one of the ranges", async () => {
    const answer = await ask([
      ...every(200, BEFORE, () => ({ name: "gone", type: "gauge", value: 5 })),
      ...every(200, BEFORE, () => ({ name: "stopped" })),
      ...every(200, NOW, () => ({ name: "began", type: "gauge", value: 5 })),
      sent(1, { name: "once" }),
    ]);
    expect(named(answer).sort()).toEqual([
      "began new",
      "gone silent",
      "once new",
      "stopped silent",
    ]);
    const find = (name: string) => answer.movers.find((mover) => mover.name === name);
    const nothing = { ratio: null, difference: null };
    expect(find("began")).toMatchObject({ before: null, now: 5, ...nothing });
    expect(find("gone")).toMatchObject({ before: 5, now: null, ...nothing });
    expect(find("once")).toMatchObject({ before: 0, now: 1 / 30, ratio: null, score: 0 });
    expect(find("stopped")).toMatchObject({ now: 0, ratio: 0 });
  });

  it("are not those that are silent or return by chance", async () => {
    const answer = await ask([
      ...every(9, BEFORE, () => ({ name: "rare.before" })),
      ...every(9, NOW, () => ({ name: "rare.now" })),
      sent(3 * HALF, { name: "rare.now" }),
    ]);
    expect(named(answer)).toEqual([]);
  });

  it("are ranked by what is certain: a few items never win", async () => {
    const answer = await ask([
      sent(1.5 * HALF, { name: "few" }),
      ...every(9, NOW, () => ({ name: "few" })),
      ...every(3_000, BEFORE, () => ({ name: "many" })),
      ...every(6_000, NOW, () => ({ name: "many" })),
      ...every(30, BEFORE, () => ({ name: "some" })),
      ...every(150, NOW, () => ({ name: "some" })),
    ]);
    expect(named(answer)).toEqual(["some rose", "many rose"]);
    expect(answer.movers[1]?.score).toBeGreaterThan(0.7);
    expect(answer.movers[1]?.score).toBeLessThan(1);
  });

  it("include a burst at the end of the range, and not a single bucket", async () => {
    const steady = every(600, [2 * HALF, 0], () => ({ name: "burst" }));
    const answer = await ask([
      ...steady,
      ...every(500, [5 * MINUTE, 0], () => ({ name: "burst" })),
      ...steady.map((each) => ({ ...each, name: "job" })),
      ...every(500, [4 * MINUTE, 3 * MINUTE], () => ({ name: "job" })),
    ]);
    expect(named(answer)).toEqual(["burst rose"]);
  });

  it("are each of one type and unit", async () => {
    const answer = await ask([
      ...every(100, BEFORE, () => ({ name: "m", unit: "byte" })),
      ...every(500, NOW, () => ({ name: "m", unit: "byte" })),
      ...every(500, BEFORE, () => ({ name: "m", unit: "second" })),
      ...every(100, NOW, () => ({ name: "m", unit: "second" })),
    ]);
    expect(new Set(answer.movers.map(({ unit, move }) => `${unit} ${move}`))).toEqual(
      new Set(["byte rose", "second fell"]),
    );
  });

  it("can have values that a double cannot add up", async () => {
    const huge = () => ({ name: "huge", value: 1.7e308 });
    const answer = await ask([...every(100, BEFORE, huge), ...every(500, NOW, huge)]);
    expect([answer.movers, answer.total]).toEqual([[], { moved: 0, compared: 2 }]);
  });

  it("are as many as asked for", async () => {
    const answer = await ask(
      Array.from({ length: 12 }, (_, index) => sent(1, { name: `n${index}` })),
    );
    expect([answer.movers.length, answer.total.moved]).toEqual([10, 12]);
    const names = Array.from({ length: 12 }, (_, index) => sent(1, { name: `n${index}` }));
    const one = await ask(names, { since: "30m", limit: 1 });
    expect([one.movers.length, one.total.moved]).toEqual([1, 12]);
  });
});

describe("the range before", () => {
  it("is of equal length", async () => {
    expect(await ask([], { since: "10m", until: "5m" })).toMatchObject({
      range: { seconds: 300 },
      earlier: { until: "2027-01-15T07:50:00.000000000Z", seconds: 300 },
    });
  });

  it("has no time before the oldest metric, and is none when less than a quarter is left", async () => {
    const answer = await ask([], { since: "45m" });
    expect(answer.earlier?.seconds).toBe(10 * 90);
    expect(await ask([], { since: "50m" })).toMatchObject({ earlier: null, movers: [] });
  });

  it("is the first half of what is stored when no range is asked for", async () => {
    expect(await ask([], {})).toMatchObject({ range: { seconds: 1800 }, total: { compared: 1 } });
    const { range } = await ask([sent(9 * 3600)], {});
    expect(range.seconds).toBe(3600);
  });

  it("is none in an empty store", async () => {
    const { queries } = await memoryStore();
    expect(await queries.movers()).toMatchObject({
      earlier: null,
      movers: [],
      total: { moved: 0, compared: 0 },
    });
  });

  it.each([
    [{ limit: 101 }, /limit must be a whole number from 1 to 100/],
    [{ since: "x" }, /since is "x"/],
  ])("is refused with %j", async (options, message) => {
    await expect(ask([], options)).rejects.toThrow(message);
  });
});

/** Metrics that differ between the two ranges only by chance: `values` are drawn so many times a minute. */
function quiet(
  type: MetricType,
  perMinute: number,
  seed: number,
  value: () => number,
): ReceivedItem[] {
  const { poisson, uniform } = seededNumbers(seed);
  return Array.from({ length: 60 }, (_, minute) =>
    Array.from({ length: poisson(perMinute) }, () =>
      sent(minute * MINUTE + uniform() * MINUTE, {
        name: `${type}.${perMinute}.${seed}`,
        type,
        value: value(),
      }),
    ),
  ).flat();
}

const numbers = seededNumbers(1);
const normal = (): number => numbers.normal();
const lognormal = (): number => Math.exp(normal());

describe("quiet noise", () => {
  const SEEDS = Array.from({ length: 40 }, (_, seed) => seed);

  it.each([
    ["counter", 0.3, () => 1],
    ["counter", 3, () => 1],
    ["counter", 30, lognormal],
    ["gauge", 2, () => 10 + normal()],
    ["gauge", 3, lognormal],
    ["distribution", 1, lognormal],
    ["distribution", 20, lognormal],
  ] as [MetricType, number, () => number][])(
    "of a %s, %f times a minute, is no movement",
    async (type, perMinute, value) => {
      const answer = await ask(SEEDS.flatMap((seed) => quiet(type, perMinute, seed, value)));
      expect(answer.total.compared).toBe(SEEDS.length + 1);
      expect(named(answer)).toEqual([]);
    },
  );

  it("does not hide what moves beside it", async () => {
    const noise = SEEDS.flatMap((seed) => quiet("distribution", 10, seed, lognormal));
    const isSlow = ({ timeNs }: ReceivedItem): boolean =>
      timeNs > BigInt(NOW_MS - HALF * 1_000) * 1_000_000n;
    const slow = quiet("distribution", 10, 99, lognormal).map((each) => ({
      ...each,
      value: (each.value ?? 0) * (isSlow(each) ? 5 : 1),
    }));
    expect(named(await ask([...noise, ...slow]))).toEqual(["distribution.10.99 rose"]);
  });
});
