import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { createQueries } from "../../src/answers/queries.js";
import type { MetricTable, TableRow } from "../../src/model/table.js";
import type { ReceivedItem } from "../../src/model/received-item.js";
import { DEFINITIONS, type SentMetric as Sent } from "@spanmeter/testing/numbers/definitions";
import { memoryStore, NOW_MS } from "../support/memory-store.js";
import { openDuckDBStore } from "../../src/store/duckdb/duckdb-store.js";
import { item } from "../store/store-contract.js";

/** An item of the metric "m", so many seconds before now. */
const sent = (
  secondsAgo: number,
  route: string | undefined,
  over: Partial<ReceivedItem> = {},
): ReceivedItem =>
  item({
    timeNs: BigInt(NOW_MS - secondsAgo * 1_000) * 1_000_000n,
    attributes: route === undefined ? {} : { route },
    ...over,
  });

const times = (count: number, of: ReceivedItem): ReceivedItem[] =>
  Array.from({ length: count }, () => of);

const routes = ({ rows }: MetricTable): unknown[] => rows.map(({ group }) => group?.["route"]);
const MINUTE_AND_ITS_EARLIER = { by: ["route"], since: "1m", compare: "previous" };

describe("a table of a metric", () => {
  it("has each group with its rank, its counts and its part of the sum", async () => {
    const { append, queries } = await memoryStore();
    append([
      ...times(3, sent(5, "/a", { value: 2, weight: 2 })),
      sent(5, "/b", { value: 3 }),
      sent(5, undefined, { value: 5 }),
    ]);
    const answer = await queries.table("m", { by: ["route"], since: "1m" });
    expect(answer).toMatchObject({ groups: 3, aggregations: ["sum", "per_minute"] });
    expect(answer).not.toHaveProperty("others");
    expect(answer).not.toHaveProperty("earlier");
    expect(answer.rows).toEqual([
      { ...row("/a", 1), values: { sum: 12, per_minute: 12 }, samples: 3, weighted: 6, share: 0.6 },
      { ...row(null, 2), values: { sum: 5, per_minute: 5 }, samples: 1, weighted: 1, share: 0.25 },
      { ...row("/b", 3), values: { sum: 3, per_minute: 3 }, samples: 1, weighted: 1, share: 0.15 },
    ]);
    expect(answer.whole).toEqual({
      values: { sum: 20, per_minute: 20 },
      samples: 5,
      weighted: 8,
      share: 1,
    });
  });

  it("has parts of the calls for gauges and distributions, and of the sum also when it is not asked for", async () => {
    const { append, queries } = await memoryStore();
    append([
      sent(5, "/a", { name: "d", type: "distribution", value: 100 }),
      sent(5, "/b", { name: "d", type: "distribution", value: 1, weight: 3 }),
      sent(5, "/a"),
      sent(5, "/b", { value: 4 }),
    ]);
    const shares = ({ rows }: MetricTable): unknown[] => rows.map(({ share }) => share);
    const options = { by: ["route"], since: "1m" };
    expect(shares(await queries.table("d", { ...options, sort: "-max" }))).toEqual([0.25, 0.75]);
    const rates = await queries.table("m", { ...options, aggregations: ["per_second"] });
    expect([shares(rates), Object.keys(rates.rows[0]?.values ?? {})]).toEqual([
      [0.8, 0.2],
      ["per_second"],
    ]);
  });

  it("has no parts where there is no whole", async () => {
    const { append, queries } = await memoryStore();
    append([sent(5, "/a", { value: 2 }), sent(5, "/b", { value: -2 })]);
    const answer = await queries.table("m", { by: ["route"], since: "1m" });
    expect([...answer.rows, answer.whole].map(({ share }) => share)).toEqual([null, null, null]);
  });

  it("without keys is one row", async () => {
    const { append, queries } = await memoryStore();
    append([sent(5, "/a"), sent(5, "/b")]);
    const answer = await queries.table("m", { since: "1m" });
    expect(answer).toMatchObject({ groups: 1, rows: [{ group: {}, rank: 1, samples: 2 }] });
    expect(answer).not.toHaveProperty("next");
  });

  it.each([
    [undefined, ["/b", "/c", "/a"]],
    ["sum", ["/a", "/c", "/b"]],
    ["-sum", ["/b", "/c", "/a"]],
  ])("is sorted by %s", async (sort, sorted) => {
    const { append, queries } = await memoryStore();
    append([sent(5, "/a", { value: 1 }), sent(5, "/b", { value: 3 }), sent(5, "/c", { value: 2 })]);
    expect(routes(await queries.table("m", { by: ["route"], since: "1m", sort }))).toEqual(sorted);
  });

  it("notes a value that a double cannot hold", async () => {
    const { append, queries } = await memoryStore();
    append([sent(5, "/a", { value: 1.7e308 }), sent(5, "/a", { value: 1.7e308 })]);
    const answer = await queries.table("m", { by: ["route"], since: "1m", aggregations: ["sum"] });
    expect(answer.rows).toMatchObject([{ values: { sum: null }, share: null }]);
    expect(answer.notes).toMatchObject([{ code: "overflow" }]);
  });

  it.each([
    [{ limit: 1_001 }, /limit must be a whole number from 1 to 1000/],
    [{ cursor: "x" }, /cursor is "x"; give the "next"/],
    [{ sort: "p95" }, /"p95" is not an aggregation of a counter/],
    [{ compare: "now" }, /it must begin before the range itself/],
    [{ by: ["a", "b", "c", "d"] }, /by has 4 keys; 3 are allowed/],
  ])("is refused with %j", async (options, message) => {
    const { append, queries } = await memoryStore();
    append([sent(5, "/a")]);
    await expect(queries.table("m", options)).rejects.toThrow(message);
  });
});

describe("the earlier range", () => {
  it("has the earlier value and the change of each group", async () => {
    const { append, queries } = await memoryStore();
    append([...times(4, sent(70, "/a")), ...times(6, sent(5, "/a"))]);
    const answer = await queries.table("m", { ...MINUTE_AND_ITS_EARLIER, aggregations: ["sum"] });
    expect(answer.earlier?.seconds).toBe(60);
    expect(answer.rows[0]?.earlier).toEqual({ sum: { value: 4, difference: 2, relative: 0.5 } });
    expect(answer.whole.earlier).toEqual(answer.rows[0]?.earlier);
  });

  it("has null for a group that it does not have, and no infinity", async () => {
    const { append, queries } = await memoryStore();
    append([sent(5, "/new"), sent(70, "/zero", { value: 0 }), sent(5, "/zero")]);
    const { rows } = await queries.table("m", { ...MINUTE_AND_ITS_EARLIER, aggregations: ["sum"] });
    expect(rows.map(({ group, earlier }) => [group?.["route"], earlier?.["sum"]])).toEqual([
      ["/new", { value: null, difference: null, relative: null }],
      ["/zero", { value: 0, difference: 1, relative: null }],
    ]);
  });

  it("has groups of its own among the others", async () => {
    const { append, queries } = await memoryStore();
    append([...times(4, sent(70, "/gone")), sent(5, "/a")]);
    const answer = await queries.table("m", { ...MINUTE_AND_ITS_EARLIER, aggregations: ["sum"] });
    expect(answer.others).toMatchObject({
      others: 0,
      values: { sum: 0 },
      samples: 0,
      earlier: { sum: { value: 4, difference: -4, relative: -1 } },
    });
    expect(answer.whole.earlier).toEqual({ sum: { value: 4, difference: -3, relative: -0.75 } });
  });

  it("of a sum below 0 has the sign of the change", async () => {
    const { append, queries } = await memoryStore();
    append([sent(70, "/a", { value: -4 }), sent(5, "/a", { value: -2 })]);
    const { whole } = await queries.table("m", {
      ...MINUTE_AND_ITS_EARLIER,
      aggregations: ["sum"],
    });
    expect(whole.earlier).toEqual({ sum: { value: -4, difference: 2, relative: 0.5 } });
  });
});

describe("the pages of a table", () => {
  it("have every group once, also when items arrive in between and time goes on", async () => {
    let nowMs = NOW_MS;
    const store = await openDuckDBStore();
    onTestFinished(() => store.close());
    const queries = createQueries(store, () => BigInt(nowMs) * 1_000_000n);
    const { append } = store;
    const all = Array.from({ length: 23 }, (_, index) => `/${index}`);
    append(all.flatMap((route, index) => times(1 + (index % 5), sent(5, route))));
    const options = { by: ["route"], since: "1m", limit: 5, sort: "-per_minute" };
    const seen: TableRow[] = [];
    let page = await queries.table("m", options);
    for (;;) {
      seen.push(...page.rows);
      expect([page.groups, page.whole.samples]).toEqual([23, 66]);
      expect(page.others?.others).toBe(23 - page.rows.length);
      if (page.next === undefined) break;
      append(times(50, sent(5, "/22")));
      append([sent(5, "/late")]);
      nowMs += 30_000;
      page = await queries.table("m", { ...options, cursor: page.next });
    }
    expect(seen.map(({ rank }) => rank)).toEqual(all.map((_, index) => index + 1));
    expect(new Set(seen.map(({ group }) => group?.["route"]))).toEqual(new Set(all));
    const values = seen.map((each) => each.values["per_minute"] ?? 0);
    expect(values).toEqual([...values].sort((one, other) => other - one));
  });

  it("belong to one order", async () => {
    const { append, queries } = await memoryStore();
    append([sent(5, "/a"), sent(5, "/b")]);
    const { next } = await queries.table("m", { by: ["route"], limit: 1, sort: "-sum" });
    await expect(queries.table("m", { by: ["route"], sort: "sum", cursor: next })).rejects.toThrow(
      /this cursor is of the order -sum/,
    );
  });
});

describe("the values of a table", () => {
  it("are those of an independent computation, and the parts add up", async () => {
    const items = fc.array(
      fc.record({
        secondsAgo: fc.integer({ min: 1, max: 119 }),
        value: fc.integer({ min: 1, max: 50 }),
        weight: fc.constantFrom(1, 2, 4),
        route: fc.constantFrom("/a", "/b", "/c", "/d"),
      }),
      { minLength: 1, maxLength: 60 },
    );
    const aggregations = ["count", "p95", "avg", "sum"];
    const check = async (list: readonly (Item & { route: string })[], limit: number) => {
      const { append, queries } = await memoryStore();
      append(
        list.map(({ secondsAgo, value, weight, route }) =>
          sent(secondsAgo, route, { type: "distribution", value, weight }),
        ),
      );
      const answer = await queries.table("m", { ...MINUTE_AND_ITS_EARLIER, limit, aggregations });
      const isNow = ({ secondsAgo }: Item): boolean => secondsAgo <= 60;
      const own = answer.rows.map(({ group }) => group?.["route"]);
      const wrong = (
        shown: TableRow | undefined,
        belongs: (each: Item & { route: string }) => boolean,
      ): string[] => {
        const [now, before] = [true, false].map((wanted) =>
          list.filter((each) => isNow(each) === wanted && belongs(each)).map(asSent),
        ) as [Sent[], Sent[]];
        return aggregations.flatMap((name) => [
          // Without items a sum is 0, and the row of others may be absent.
          ...(now.length > 0 ? difference(shown?.values[name], definition(name, now)) : []),
          ...difference(
            shown?.earlier?.[name]?.value,
            before.length > 0 ? definition(name, before) : null,
          ),
        ]);
      };
      const all = answer.rows.flatMap((each) =>
        wrong(each, ({ route }) => route === each.group?.["route"]),
      );
      all.push(...wrong(answer.others, ({ route }) => !own.includes(route)));
      all.push(...wrong(answer.whole, () => true));
      const parts = [...answer.rows, ...(answer.others ? [answer.others] : [])];
      const whole = parts.reduce((sum, { share }) => sum + (share ?? 0), 0);
      all.push(...difference(whole, list.some(isNow) ? 1 : 0));
      expect(all).toEqual([]);
    };
    await fc.assert(fc.asyncProperty(items, fc.constantFrom(1, 2, 4), check), { numRuns: 20 });
  });
});

interface Item {
  readonly secondsAgo: number;
  readonly value: number;
  readonly weight: number;
}

const asSent = ({ value, weight }: Item): Sent => ({ seconds: 0, value, weight, attributes: {} });

const definition = (name: string, items: readonly Sent[]): number | null | undefined =>
  DEFINITIONS[name]?.({ items, seconds: 60 }, "distribution");

/** A sentence about two values that differ by more than rounding. */
function difference(actual: number | null = null, wanted: number | null = null): string[] {
  const isEqual =
    actual === null || wanted === null
      ? actual === wanted
      : Math.abs(actual - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted));
  return isEqual ? [] : [`${actual} instead of ${wanted}`];
}

const row = (route: string | null, rank: number) => ({ group: { route }, rank });
