import { describe, expect, it, onTestFinished } from "vitest";
import type { ReceivedItem } from "../../src/model/received-item.js";
import type { MetricListQuestion } from "../../src/questions/lists/metric-list-question.js";
import type { VerdictQuestion } from "../../src/questions/lists/verdict-question.js";
import type { SampleQuestion } from "../../src/questions/sample-question.js";
import { readFilter } from "../../src/questions/filter/read-filter.js";
import type { Store, TotalsQuestion } from "../../src/store/store.js";

export type Open = (options?: { maxRows?: number }) => Promise<Store>;

/** An item; `over` replaces fields. */
export const item = (over: Partial<ReceivedItem> = {}): ReceivedItem => ({
  kind: "metric",
  verdict: "accepted",
  notes: [],
  receivedNs: 1n,
  timeNs: 2n,
  name: "m",
  type: "counter",
  value: 1,
  weight: 1,
  attributes: {},
  ...over,
});

/** A question for all samples; `over` replaces fields. */
export const sampleQuestion = (over: Partial<SampleQuestion> = {}): SampleQuestion => ({
  name: undefined,
  type: undefined,
  unit: undefined,
  verdict: undefined,
  filters: [],
  range: undefined,
  limit: 1_000,
  order: { by: "time", isDescending: true },
  after: undefined,
  upToSeq: undefined,
  ...over,
});

const totalsQuestion = (over: Partial<TotalsQuestion> = {}): TotalsQuestion => ({
  metric: { name: "m", type: "counter", unit: "none" },
  aggregations: ["sum"],
  by: [],
  filters: [],
  range: { sinceNs: 0n, untilNs: 1_000_000_000n, isOpen: false },
  ...over,
});

/** A question for every metric; `over` replaces fields. */
const listQuestion = (over: Partial<MetricListQuestion> = {}): MetricListQuestion => ({
  part: "",
  range: { sinceNs: 0n, untilNs: 10n, isOpen: true },
  sort: { by: "name", isDescending: false },
  spark: { buckets: 5, intervalNs: 2n },
  limit: 10,
  ...over,
});

const verdictQuestion: VerdictQuestion = {
  metric: undefined,
  code: undefined,
  verdict: undefined,
  range: undefined,
  limit: 10,
  countLimit: 10,
  after: undefined,
};

const items = (count: number, over: (index: number) => Partial<ReceivedItem>): ReceivedItem[] =>
  Array.from({ length: count }, (_, index) => item(over(index)));

/** The names of all samples, in order of arrival. */
export const storedNames = async (store: Store): Promise<string[]> =>
  (await store.samples(sampleQuestion())).map(({ name }) => name).reverse();

/** The tests that every store must pass. */
export function storeContract(name: string, openStore: Open): void {
  const open: Open = async (options) => {
    const store = await openStore(options);
    onTestFinished(() => store.close());
    return store;
  };

  describe(`${name} keeps the contract of a store:`, () => {
    it("an answer includes every item appended before the question", async () => {
      const store = await open();
      store.append([item({ name: "a" }), item({ name: "b" })]);
      expect(await storedNames(store)).toEqual(["a", "b"]);
      store.append([item({ name: "c" })]);
      expect(await storedNames(store)).toEqual(["a", "b", "c"]);
    });

    it("every field comes back as it was", async () => {
      const store = await open();
      const full: ReceivedItem = {
        kind: "metric",
        verdict: "changed",
        notes: [{ code: "c", message: "m" }],
        receivedNs: 1_795_344_599_893_449_123n,
        timeNs: -5n,
        durationNs: 7n,
        project: "1",
        sdk: "x/1",
        traceId: "t",
        spanId: "s",
        parentSpanId: "p",
        name: 'n"\u0000é\u{1f600}',
        type: "counter",
        unit: "byte",
        value: 0.1,
        weight: 4,
        bytes: 12,
        op: "o",
        level: "l",
        status: "ok",
        attributes: { a: 1, b: [true], "c/~": "x", d: 2n ** 63n },
        detail: { raw: "r" },
      };
      store.append([full]);
      expect(await store.samples(sampleQuestion())).toEqual([{ seq: 1n, ...full }]);
      const { items: traced } = await store.traceItems("t", 10);
      expect(traced).toEqual([{ seq: 1n, ...full }]);
    });

    it("a name is never part of a statement", async () => {
      const store = await open();
      const name = "'; DROP TABLE items; --";
      store.append([item({ name })]);
      expect(await store.samples(sampleQuestion({ name }))).toHaveLength(1);
      expect(await store.countMetrics(name)).toBe(1);
    });

    it("many questions at the same time get the same answer", async () => {
      const store = await open();
      store.append(items(5_000, () => ({})));
      const counts = await Promise.all(Array.from({ length: 20 }, () => store.countMetrics("m")));
      expect(new Set(counts)).toEqual(new Set([5_000]));
    });

    it("the limit is never exceeded, and the oldest items are removed first", async () => {
      const store = await open({ maxRows: 100 });
      for (let batch = 0; batch < 10; batch++) {
        store.append(items(33, (index) => ({ name: `${batch * 33 + index}` })));
        expect((await storedNames(store)).length).toBe(Math.min(100, (batch + 1) * 33));
      }
      expect(await storedNames(store)).toEqual(
        Array.from({ length: 100 }, (_, index) => `${230 + index}`),
      );
    });

    it("an append beyond the limit leaves the newest items", async () => {
      const store = await open({ maxRows: 10 });
      store.append(items(12_000, (index) => ({ name: `${index}` })));
      expect(await storedNames(store)).toEqual(
        Array.from({ length: 10 }, (_, index) => `${11_990 + index}`),
      );
    });

    it("listeners are called for each append until they unsubscribe", async () => {
      const store = await open();
      const names: string[] = [];
      const unsubscribe = store.subscribe((appended) =>
        names.push(...appended.map((each) => each.name)),
      );
      store.append([item({ name: "a" })]);
      unsubscribe();
      store.append([item({ name: "b" })]);
      expect(names).toEqual(["a"]);
    });

    it("metrics are found by name, type and unit, and dropped ones only counted", async () => {
      const store = await open();
      store.append([
        item({ name: "cart.total", unit: "byte" }),
        item({ name: "cart.total", type: "gauge" }),
        item({ name: "lost", verdict: "dropped" }),
      ]);
      expect(await store.findMetrics("cart.total")).toEqual([
        { name: "cart.total", type: "counter", unit: "byte" },
        { name: "cart.total", type: "gauge", unit: "none" },
      ]);
      expect([await store.findMetrics("lost"), await store.countMetrics("lost")]).toEqual([[], 1]);
      expect(await store.similarNames("cart.totel", 3)).toEqual(["cart.total"]);
      const { metrics: listed } = await store.listMetrics(listQuestion());
      expect(
        listed.map(({ name, type, samples, dropped }) => [name, type, samples, dropped]),
      ).toEqual([
        ["cart.total", "counter", 1, 0],
        ["cart.total", "gauge", 1, 0],
        ["lost", null, 0, 1],
      ]);
    });

    it("metrics are listed with their course, their bytes and their newest value", async () => {
      const store = await open();
      store.append([
        item({ timeNs: 1n, value: 7, bytes: 10, attributes: { a: 1 } }),
        item({ timeNs: 5n, value: 3, weight: 2, bytes: 12, attributes: { b: 1 } }),
        item({ timeNs: 4n, value: 5, bytes: 1, attributes: { a: 2 } }),
        item({ name: "later", timeNs: 99n, unit: "byte" }),
        item({ name: "later", timeNs: 98n }),
      ]);
      expect(await store.oldestMetricNs()).toBe(1n);
      const { metrics, total } = await store.listMetrics(listQuestion({ limit: 2 }));
      expect(total).toBe(3);
      expect(metrics).toMatchObject([
        { name: "later", collides: true, spark: [0, 0, 0, 0, 1] },
        { name: "later", collides: true },
      ]);
      const byBytes = listQuestion({ sort: { by: "bytes", isDescending: true }, limit: 1 });
      expect((await store.listMetrics(byBytes)).metrics).toEqual([
        {
          name: "m",
          type: "counter",
          unit: "none",
          samples: 3,
          count: 4,
          changed: 0,
          dropped: 0,
          firstSeen: "1970-01-01T00:00:00.000000001Z",
          lastSeen: "1970-01-01T00:00:00.000000005Z",
          lastValue: 3,
          bytes: 23,
          keys: 2,
          collides: false,
          spark: [1, 0, 3, 0, 0],
        },
      ]);
    });

    it("the bytes of metrics are split, and add up", async () => {
      const store = await open();
      store.append([
        item({ bytes: 30, sdk: "x/1", attributes: { k: "ab", list: ["x", "yz"] } }),
        item({ bytes: 20, attributes: { k: "cde" } }),
        item({ bytes: 99, verdict: "dropped" }),
      ]);
      const question = {
        filters: [],
        range: { sinceNs: 0n, untilNs: 10n, isOpen: false },
        limit: 10,
        price: 0,
        freeGb: 0,
      };
      const whole = { items: 2, bytes: 50 };
      expect(await store.cost({ ...question, by: "metric" })).toEqual({
        rows: [{ name: "m", type: "counter", unit: "none", ...whole }],
        total: whole,
        groups: 1,
      });
      expect(await store.cost({ ...question, by: "sdk", limit: 1 })).toEqual({
        rows: [{ name: "x/1", items: 1, bytes: 30 }],
        total: whole,
        groups: 2,
      });
      expect((await store.cost({ ...question, by: "key" })).rows).toEqual([
        { name: null, items: 2, bytes: 50 - 14 },
        { name: "k", items: 2, bytes: 7 },
        { name: "list", items: 1, bytes: 7 },
      ]);
    });

    it("attributes are listed with their most frequent values", async () => {
      const store = await open();
      store.append(["/y", "/x", "/x"].map((route) => item({ attributes: { route } })));
      const question = {
        name: "m",
        type: undefined,
        unit: undefined,
        filters: [],
        range: undefined,
      };
      expect(await store.listAttributes(question)).toMatchObject([
        { key: "route", items: 3, distinct: 2, top: [{ value: "/x" }, { value: "/y" }] },
      ]);
      const values = { ...question, key: "route", part: "X", limit: 10 };
      expect(await store.attributeValues(values)).toEqual({
        values: [{ value: "/x", count: 2 }],
        total: 1,
      });
    });

    it("aggregations are grouped, filtered and put into time buckets", async () => {
      const store = await open();
      store.append([
        item({ timeNs: 1n, value: 1, attributes: { route: "/a" } }),
        item({ timeNs: 11n, value: 2, weight: 2, attributes: { route: "/a" } }),
        item({ timeNs: 12n, value: 8, attributes: { route: "/b" } }),
        item({ timeNs: 13n, value: 16 }),
      ]);
      const question = totalsQuestion({ by: ["route"] });
      const grid = { intervalNs: 10n, firstNs: 0n, buckets: 2 };
      const bySeries = (one: { series: number }, other: { series: number }): number =>
        one.series - other.series;
      const sort = { aggregation: "sum", isDescending: true } as const;
      expect(await store.rankGroups({ ...question, sort, top: 2 })).toEqual({
        groups: [[null], ["/b"]],
        total: 3,
      });
      expect(await store.rankGroups({ ...question, sort, top: 2, offset: 2 })).toEqual({
        groups: [["/a"]],
        total: 3,
      });
      const groups = [["/a"], [null]];
      const all = [
        { series: -1, values: [8], samples: 1, weight: 1 },
        { series: 0, values: [5], samples: 2, weight: 3 },
        { series: 1, values: [16], samples: 1, weight: 1 },
      ];
      expect((await store.totals(question, groups)).sort(bySeries)).toEqual(all);
      const rows = await store.series({ ...question, grid }, groups);
      const wholes = rows.filter(({ bucket }) => bucket === null);
      expect(wholes.sort(bySeries)).toEqual(all.map((each) => ({ ...each, bucket: null })));
      const first = rows.filter(({ bucket }) => bucket === 0);
      expect(first).toEqual([{ series: 0, bucket: 0, values: [1], samples: 1, weight: 1 }]);
      const filters = [readFilter("route=/*")];
      const some = totalsQuestion({ filters, upToSeq: store.lastSeq() - 2n });
      expect(await store.totals(some, [[]])).toMatchObject([{ values: [5], samples: 2 }]);
    });

    it("a trace is found by its first digits, and its metrics are left out first", async () => {
      const store = await open();
      store.append([
        item({ traceId: "ab1", timeNs: 1n }),
        item({ traceId: "ab1", timeNs: 3n, kind: "span", name: "s" }),
        item({ traceId: "ab1", timeNs: 2n, kind: "log", name: "l" }),
        item({ traceId: "ab2" }),
      ]);
      expect(await store.findTraceIds("ab", 10)).toEqual(["ab1", "ab2"]);
      expect(await store.findTraceIds("ab", 1)).toEqual(["ab1"]);
      const { items: two, truncated } = await store.traceItems("ab1", 2);
      expect([two.map(({ name }) => name), truncated]).toEqual([["l", "s"], true]);
    });

    it("traces are summed up, and only the items up to one count", async () => {
      const store = await open();
      const traceId = "a".repeat(32);
      store.append([
        item({ traceId, timeNs: 4n, value: 5 }),
        item({ traceId, timeNs: 1n, durationNs: 10n, kind: "span", name: "s", op: "o" }),
        item({ traceId, timeNs: 2n, kind: "log", name: "l" }),
        item({ traceId, timeNs: 2n, kind: "error", name: "e" }),
        item({ timeNs: 2n }),
      ]);
      const question = {
        metric: { name: "m", type: "counter", unit: "none" } as const,
        type: "counter" as const,
        unit: "none",
        filters: [],
        range: undefined,
        order: { by: "time", isDescending: true } as const,
        after: undefined,
        upToSeq: 3n,
        limit: 10,
      };
      const counts = { spans: 1, errors: 0, logs: 1 };
      expect(await store.traces(question)).toEqual([
        {
          traceId,
          op: "o",
          name: "s",
          startNs: 1n,
          durationNs: 10n,
          metrics: 1,
          value: 5,
          ...counts,
        },
      ]);
      expect(await store.traceCounts([traceId, "b"], 3n)).toEqual(new Map([[traceId, counts]]));
      const all = await store.traceCounts([traceId], undefined);
      expect(all).toEqual(new Map([[traceId, { ...counts, errors: 1 }]]));
      const after = { key: 1n, traceId };
      expect(await store.traces({ ...question, after })).toEqual([]);
    });

    it("typical times are of other traces with the same root, without the times of children", async () => {
      const store = await open();
      const span = (traceId: string, spanId: string, over: Partial<ReceivedItem>) =>
        item({ kind: "span", traceId, spanId, name: spanId, timeNs: 0n, durationNs: 10n, ...over });
      store.append([
        span("x", "root", {}),
        span("x", "child", { parentSpanId: "root", durationNs: 3n }),
        span("y", "root", {}),
        span("y", "child", { parentSpanId: "root", timeNs: 2n, durationNs: 3n }),
        span("y", "child2", { parentSpanId: "root", timeNs: 4n, durationNs: 9n }),
        span("z", "elsewhere", {}),
      ]);
      const typical = await store.typicalTimes("x");
      expect(typical).toMatchObject({ traces: 1, durationNs: 13n });
      expect(typical?.times.map(({ name, selfNs }) => [name, selfNs]).sort()).toEqual([
        ["child", 3n],
        ["root", 2n],
      ]);
      expect(await store.typicalTimes("z")).toBeUndefined();
      const { items: slim } = await store.slimTraceItems("x", 1);
      expect(slim).toEqual([
        {
          seq: 1n,
          kind: "span",
          verdict: "accepted",
          timeNs: 0n,
          durationNs: 10n,
          spanId: "root",
          name: "root",
          type: "counter",
          value: 1,
          weight: 1,
        },
      ]);
    });

    it("an item is found by its place, and events by their kind", async () => {
      const store = await open();
      store.append([
        item({ kind: "log", name: "l", detail: { a: 1 } }),
        item({ kind: "error", name: "e", timeNs: 9n }),
        item(),
      ]);
      expect(await store.findItem(1n)).toMatchObject({ name: "l", detail: { a: 1 } });
      expect(await store.findItem(9n)).toBeUndefined();
      const question = { filters: [], part: "", range: undefined, after: undefined, limit: 10 };
      const found = await store.events({ ...question, kinds: ["log", "error"] });
      expect(found.map(({ name, detail }) => [name, detail])).toEqual([
        ["e", undefined],
        ["l", undefined],
      ]);
    });

    it("notes, kinds, losses and other items are counted", async () => {
      const store = await open();
      const notes = [{ code: "too_large", message: "m" }];
      store.append([
        item({ verdict: "dropped", notes }),
        item({
          kind: "report",
          name: "queue_overflow",
          type: "trace_metric",
          value: 5,
          sdk: "x/1",
        }),
        item({ kind: "other", name: "session", value: 3 }),
      ]);
      const { counts, total } = await store.countNotes(verdictQuestion);
      expect([counts, total]).toMatchObject([
        [{ kind: "metric", name: "m", verdict: "dropped", code: "too_large", count: 1 }],
        { notes: 1, counts: 1 },
      ]);
      expect(await store.itemsWithNotes(verdictQuestion)).toMatchObject([{ notes }]);
      expect(await store.stats()).toEqual({
        rows: 3,
        received: 3,
        kinds: [
          { kind: "metric", verdict: "dropped", count: 1 },
          { kind: "other", verdict: "accepted", count: 1 },
          { kind: "report", verdict: "accepted", count: 1 },
        ],
        lostBySdks: [
          {
            sdk: "x/1",
            reason: "queue_overflow",
            category: "trace_metric",
            quantity: 5,
            lastSeen: "1970-01-01T00:00:00.000000001Z",
          },
        ],
        otherItems: [{ type: "session", count: 3 }],
      });
    });
  });
}
