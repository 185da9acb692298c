import { beforeAll, describe, expect, it } from "vitest";
import { createQueries, type Queries } from "../../src/answers/queries.js";
import type { Changes } from "../../src/model/changes.js";
import type { ReceivedItem } from "../../src/model/received-item.js";
import type { ChangeOptions } from "../../src/questions/change-question.js";
import { withSignal } from "../../src/runtime/cancellation.js";
import { openDuckDBStore } from "../../src/store/duckdb/duckdb-store.js";
import { memoryStore, NOW_MS } from "../support/memory-store.js";
import { INCIDENT, plantedMetrics, type Planted } from "../support/planted-metrics.js";

const STRIP = { since: `${INCIDENT.since}s`, until: `${INCIDENT.until}s` };
const BOX = { ...STRIP, min: 330 };
const QUIET_RUNS = 56;
const PLANTED_RUNS = 12;
const RECENT = { oldest: 1800 };

let queries: Queries;
let append: (items: readonly ReceivedItem[]) => void;

beforeAll(async () => {
  const store = await openDuckDBStore();
  queries = createQueries(store, () => BigInt(NOW_MS) * 1_000_000n);
  append = (items) => store.append(items);
  return () => store.close();
});

async function ask(planted: Planted, options: ChangeOptions = { box: BOX }): Promise<Changes> {
  append(plantedMetrics(planted));
  return queries.changes(planted.name, options);
}

const namesOf = ({ changes }: Changes): string[] =>
  changes.flatMap(({ key, value, also = [] }) =>
    [{ key, value }, ...also].map((each) => `${each.key}=${each.value}`),
  );

describe("a box on a heatmap", () => {
  it("says nothing about quiet data in 54 of 56 runs, and never blames the release", async () => {
    let quiet = 0;
    for (let seed = 0; seed < QUIET_RUNS; seed++) {
      const answer = await ask(
        { name: `quiet ${seed}`, seed: seed + 1, ...RECENT },
        { box: { since: "30m", min: 330 } },
      );
      if (answer.outcome === "nothing") quiet++;
      expect(namesOf(answer).join()).not.toContain("release");
    }
    expect(quiet).toBeGreaterThanOrEqual(54);
  });

  it.each([2.5, 4])(
    "names a provider that is %s times as slow first, in every run",
    async (factor) => {
      let others = 0;
      for (let seed = 0; seed < PLANTED_RUNS; seed++) {
        const planted = { name: `${factor} ${seed}`, seed: seed + 1_000, factor, ...RECENT };
        // Every other box begins before the incident, and before the release.
        const since = `${INCIDENT.since + (seed % 2) * 300}s`;
        const answer = await ask(planted, { box: { ...BOX, since } });
        const [first, ...more] = namesOf(answer);
        expect([seed, first]).toEqual([seed, "provider=acme"]);
        expect(more.join()).not.toContain("release");
        others += more.length;
      }
      expect(others).toBeLessThanOrEqual(PLANTED_RUNS / 5);
    },
  );

  it("tells shares, items, examples, the rest and what was compared", async () => {
    const answer = await ask({ name: "told", seed: 5, factor: 4 });
    const items = plantedMetrics({ name: "told", seed: 5, factor: 4 }).filter(
      ({ timeNs }) =>
        NOW_MS * 1e6 - Number(timeNs) <= 1200e9 && NOW_MS * 1e6 - Number(timeNs) > 300e9,
    );
    const inside = items.filter(({ value = 0 }) => value >= 330);
    const acme = inside.filter(({ attributes }) => attributes["provider"] === "acme");
    const [change] = answer.changes;
    expect(answer).toMatchObject({
      compared: "same-time",
      outcome: "changed",
      selection: { items: inside.length, traces: new Set(inside.map((each) => each.traceId)).size },
      baseline: { items: items.length - inside.length },
      checked: { keys: 6 },
      skipped: [
        { key: "release", reason: "same", values: 1 },
        { key: "user.id", reason: "rare" },
      ],
      restAfterFirst: { outcome: "nothing" },
      seed: 1,
    });
    expect(answer).not.toHaveProperty("sampled");
    expect(change).toMatchObject({ kind: "value", p: 0.005, items: { inside: acme.length } });
    expect(change?.inside).toBeCloseTo(acme.length / inside.length, 9);
    expect(change?.difference).toBeCloseTo((change?.inside ?? 0) - (change?.outside ?? 0), 9);
    const greatest = acme.reduce((a, b) => ((b.value ?? 0) > (a.value ?? 0) ? b : a));
    const [example] = change?.sampleIds ?? [];
    expect(await queries.item(String(example))).toMatchObject({ value: greatest.value });
    expect(change?.traceIds).toContain(greatest.traceId);
  });

  it("has an equal answer for an equal seed, also of a part of the items", async () => {
    const planted = { name: "seeded", seed: 6, factor: 2.5 };
    const answer = await ask(planted, { box: BOX, seed: 7 });
    expect(await queries.changes("seeded", { box: BOX, seed: 7 })).toEqual(answer);
    const other = await queries.changes("seeded", { box: BOX, seed: 8 });
    expect(namesOf(other)).toEqual(namesOf(answer));
    expect(other.restAfterFirst?.p).not.toBe(answer.restAfterFirst?.p);
  });

  it("names an attribute that is absent", async () => {
    const items = plantedMetrics({ name: "absent", seed: 9 }).map((item): ReceivedItem => {
      const { beta = false, ...attributes } = item.attributes;
      return {
        ...item,
        value: (item.value ?? 0) * (beta ? 1 : 2),
        attributes: { ...attributes, ...(beta && { beta }) },
      };
    });
    append(items);
    const { changes } = await queries.changes("absent", { box: { since: "1h", min: 500 } });
    expect(changes[0]).toMatchObject({ key: "beta", value: null, kind: "absent" });
  });

  it("names a range of numbers", async () => {
    const items = plantedMetrics({ name: "range", seed: 10 }).map((item): ReceivedItem => {
      const isLarge = Number(item.attributes["cart.size"]) >= 90;
      return { ...item, value: (item.value ?? 0) * (isLarge ? 3 : 1) };
    });
    append(items);
    const { changes } = await queries.changes("range", { box: { since: "1h", min: 450 } });
    const [change] = changes;
    expect(change).toMatchObject({ key: "cart.size", kind: "range", range: { to: 99 } });
    expect(Math.abs((change?.range?.from ?? 0) - 90)).toBeLessThanOrEqual(2);
  });

  it("joins values that select the same traces", async () => {
    const items = plantedMetrics({
      name: "alike",
      seed: 22,
      factor: 4,
      perTrace: 1,
      traces: 1_200,
    });
    const accountOf = ({ attributes }: ReceivedItem): string =>
      `account of ${String(attributes["provider"])}`;
    append(
      items.map((item) => ({
        ...item,
        attributes: { ...item.attributes, account: accountOf(item) },
      })),
    );
    const { changes } = await queries.changes("alike", { box: BOX });
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({
      key: "account",
      also: [{ key: "provider", value: "acme", kind: "value" }],
    });
  });

  it("counts each call of sampled metrics", async () => {
    const items = plantedMetrics({ name: "weighted", seed: 11, factor: 4 });
    append(
      items.map((item) => ({ ...item, weight: item.attributes["provider"] === "acme" ? 1 : 10 })),
    );
    const { changes } = await queries.changes("weighted", { box: BOX });
    const plain = await ask({ name: "plain", seed: 11, factor: 4 });
    expect(changes[0]?.inside ?? 0).toBeLessThan(plain.changes[0]?.inside ?? 0);
  });
});

describe("picked samples", () => {
  it("are compared with the other items of the same time", async () => {
    await ask({ name: "picked", seed: 12, factor: 4 });
    const { samples } = await queries.samples({
      name: "picked",
      where: ["@value>=600"],
      limit: 60,
    });
    const answer = await queries.changes("picked", { ids: samples.map(({ id }) => id) });
    expect(answer).toMatchObject({ compared: "same-time", selection: { items: samples.length } });
    expect(namesOf(answer)[0]).toBe("provider=acme");
    expect(answer.selection.range.since).toBe(samples.at(-1)?.time);
  });

  it("that are few are too little", async () => {
    await ask({ name: "few", seed: 13 });
    const { samples } = await queries.samples({ name: "few", limit: 19 });
    const answer = await queries.changes("few", { ids: samples.map(({ id }) => id) });
    expect(answer).toMatchObject({ outcome: "too-little", changes: [], permutations: 0 });
  });

  it("that are unknown are an error", async () => {
    await ask({ name: "unknown", seed: 14 });
    const answer = queries.changes("unknown", { ids: ["999999999"] });
    await expect(answer).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a strip of time", () => {
  it("names what changed more than everything else, with its part of the change", async () => {
    for (let seed = 0; seed < 4; seed++) {
      const planted = { name: `strip ${seed}`, seed: seed + 2_000, factor: 2.5 };
      const answer = await ask(planted, { since: "1h", box: STRIP });
      expect(namesOf(answer)).toEqual(["provider=acme"]);
      expect(answer).toMatchObject({
        compared: "before",
        baseline: { range: { seconds: 2400 } },
        measure: { kind: "share-above" },
        restAfterFirst: { outcome: "nothing" },
      });
      expect(answer.skipped).toContainEqual({
        key: "release",
        reason: "not-on-both-sides",
        values: 2,
      });
      const { effect } = answer.changes[0] ?? {};
      expect(effect?.contribution).toBeGreaterThan(0.7);
      expect(effect?.inside ?? 0).toBeGreaterThan((effect?.outside ?? 0) + 0.3);
    }
  });

  it("that changed for everyone is blamed on nobody", async () => {
    const items = plantedMetrics({ name: "everyone", seed: 15 });
    const isLate = ({ timeNs }: ReceivedItem): boolean =>
      NOW_MS * 1e6 - Number(timeNs) <= INCIDENT.since * 1e9;
    append(items.map((item) => ({ ...item, value: (item.value ?? 0) * (isLate(item) ? 2.5 : 1) })));
    const answer = await queries.changes("everyone", { since: "1h", box: STRIP });
    expect([answer.outcome, answer.changes]).toEqual(["nothing", []]);
    expect(answer.measure?.p).toBeLessThan(0.05);
  });

  it("has a baseline that is as long by default, and at most seven times as long", async () => {
    const name = "lengths";
    await ask({ name, seed: 16 });
    const box = { since: "10m", until: "5m" };
    const lengthOf = async (since?: string): Promise<number> =>
      (await queries.changes(name, { box, since })).baseline.range.seconds;
    expect([await lengthOf(), await lengthOf("20m"), await lengthOf("2h")]).toEqual([
      300, 600, 2100,
    ]);
  });

  it("compares the rates of counters, and the averages of gauges", async () => {
    const base = plantedMetrics({ name: "failed", seed: 17, traces: 900 });
    const items = base.filter((item, place) => {
      const ago = NOW_MS / 1e3 - Number(item.timeNs) / 1e9;
      const isIncident = ago <= INCIDENT.since && ago > INCIDENT.until;
      return (isIncident && item.attributes["provider"] === "acme") || place % 6 === 0;
    });
    append(items.map((item) => ({ ...item, type: "counter", value: 1 })));
    const rates = await queries.changes("failed", { since: "1h", box: STRIP });
    expect(rates.measure).toMatchObject({ kind: "rate" });
    expect(namesOf(rates)).toEqual(["provider=acme"]);
    const inStrip = rates.selection.items / 15;
    expect(rates.measure?.inside).toBeCloseTo(inStrip, 6);

    const planted = { name: "gauge", seed: 18, factor: 2.5, type: "gauge" } as const;
    const averages = await ask(planted, { since: "1h", box: STRIP });
    expect(averages.measure).toMatchObject({ kind: "average" });
    expect(namesOf(averages)).toEqual(["provider=acme"]);
  });
});

describe("a comparison", () => {
  it("reads a part of many items, the same at every time, and says so", async () => {
    const { queries: own, append: store } = await memoryStore();
    const items = plantedMetrics({ name: "many", seed: 19, factor: 2.5, traces: 14_000 });
    for (const item of items) {
      const { provider = "" } = item.attributes;
      item.attributes = { provider };
    }
    store(items);
    const answer = await own.changes("many", { box: { since: "1h", min: 330 } });
    const { read, stored } = answer.sampled ?? {};
    expect(stored).toEqual({ inside: answer.selection.items, outside: answer.baseline.items });
    expect((stored?.inside ?? 0) + (stored?.outside ?? 0)).toBe(56_000);
    expect((read?.inside ?? 0) + (read?.outside ?? 0)).toBeLessThanOrEqual(50_000);
    expect(read?.inside).toBe(stored?.inside);
    expect(namesOf(answer)[0]).toBe("provider=acme");
    expect(await own.changes("many", { box: { since: "1h", min: 330 } })).toEqual(answer);
  });

  it("ends when its reader has gone", async () => {
    await ask({ name: "gone", seed: 20, traces: 3_000 });
    const abort = new AbortController();
    const answer = withSignal(abort.signal, () => queries.changes("gone", { box: BOX }));
    setImmediate(() => abort.abort(new Error("gone")));
    await expect(answer).rejects.toThrow();
  });

  it.each([
    [{}, "nothing is selected; give box with since, until, min or max, or ids"],
    [{ box: {} }, "nothing is selected; give box with since, until, min or max, or ids"],
    [{ box: BOX, ids: ["1"] }, "give box or ids, not both"],
    [{ ids: [] }, "ids has 0 entries; give 1 to 1000"],
    [{ ids: ["x"] }, '"x" is not the id of an item'],
    [{ box: { min: 2, max: 1 } }, "box.min (2) must not be above box.max (1)"],
    [{ box: { min: NaN } }, "box.min and box.max must be numbers"],
    [{ box: { since: "1m", until: "2m" } }, "since (1m) must be before until (2m)"],
    [{ box: BOX, seed: 1.5 }, "seed must be a whole number from 0 to 4294967295"],
    [{ box: BOX, where: ["("] }, "where is"],
  ])("refuses %j", async (options, message) => {
    await ask({ name: "refused", seed: 21, traces: 1 });
    await expect(queries.changes("refused", options)).rejects.toThrow(message);
  });
});
