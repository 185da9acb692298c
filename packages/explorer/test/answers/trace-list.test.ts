import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TraceSummary } from "../../src/index.js";
import type { Queries } from "../../src/answers/queries.js";
import {
  independentTraces,
  receivedItem,
  type IndependentTrace,
  type TraceItem,
} from "../support/independent-traces.js";
import { memoryStore, NOW_MS, withMemoryStore } from "../support/memory-store.js";

const traceOf = (index: number): string => String(index).padStart(32, "a");
const spanOf = (index: number): string => String(index).padStart(16, "b");

const traceItem: fc.Arbitrary<TraceItem> = fc.record(
  {
    kind: fc.constantFrom("metric", "span", "transaction", "error", "log"),
    traceId: fc.integer({ min: 0, max: 7 }).map(traceOf),
    spanId: fc.integer({ min: 0, max: 3 }).map(spanOf),
    parentSpanId: fc.integer({ min: 0, max: 3 }).map(spanOf),
    op: fc.constantFrom("db", "http"),
    name: fc.constantFrom("a", "b"),
    at: fc.integer({ min: -3, max: 3 }),
    lasts: fc.integer({ min: 0, max: 30 }),
    value: fc.integer({ min: -5, max: 5 }),
    isDropped: fc.boolean(),
  },
  { requiredKeys: ["kind", "traceId", "name", "at", "lasts", "spanId", "value"] },
);

const KEYS = {
  time: ({ start }: IndependentTrace) => start,
  duration: ({ durationMs }: IndependentTrace) => durationMs,
  errors: ({ errors }: IndependentTrace) => errors,
  spans: ({ spans }: IndependentTrace) => spans,
};
const SORTS = Object.keys(KEYS).flatMap((key) => [key, `-${key}`]);

function sorted(traces: readonly IndependentTrace[], sort: string): IndependentTrace[] {
  const keyOf = KEYS[sort.replace("-", "") as keyof typeof KEYS];
  const ascending = [...traces].sort(
    (a, b) => keyOf(a) - keyOf(b) || (a.traceId < b.traceId ? -1 : 1),
  );
  return sort.startsWith("-") ? ascending.reverse() : ascending;
}

async function allPages(
  queries: Queries,
  options: Parameters<Queries["traces"]>[0],
  meanwhile: () => void,
): Promise<TraceSummary[]> {
  const found: TraceSummary[] = [];
  let cursor: string | undefined;
  do {
    const { traces, next } = await queries.traces({ ...options, limit: 2, cursor });
    found.push(...traces);
    cursor = next;
    meanwhile();
    // A cursor that leads back would never end.
  } while (cursor !== undefined && found.length < 100);
  return found;
}

const shown = ({ values, start, root, ...trace }: IndependentTrace, metric?: string) => ({
  ...trace,
  ...(root && { root }),
  ...(metric !== undefined && { value: values[metric] }),
  start: `${new Date(NOW_MS + start).toISOString().slice(0, -1)}000000Z`,
});

describe("traces", () => {
  it("are as an independent computation finds them, page by page, while others arrive", async () => {
    const runs = fc.asyncProperty(
      fc.array(traceItem, { minLength: 1, maxLength: 60 }),
      fc.array(traceItem, { maxLength: 10 }),
      fc.constantFrom(...SORTS),
      async (items, later, sort) =>
        withMemoryStore(async ({ queries, append }) => {
          append(items.map(receivedItem));
          const arrive = (): void => append(later.map(receivedItem));
          const found = await allPages(queries, { sort }, arrive);
          expect(found).toEqual(sorted(independentTraces(items), sort).map((each) => shown(each)));
        }),
    );
    await fc.assert(runs, { numRuns: 40 });
  });

  it("with a metric have its greatest value", async () => {
    const runs = fc.asyncProperty(
      fc.array(traceItem, { minLength: 1, maxLength: 60 }),
      async (items) =>
        withMemoryStore(async ({ queries, append }) => {
          append([...items, { ...metric(9), name: "a" }].map(receivedItem));
          const all = independentTraces([...items, { ...metric(9), name: "a" }]);
          const withMetric = all.filter(({ values }) => values["a"] !== undefined);
          const { traces, metric: asked } = await queries.traces({ metric: "a", limit: 100 });
          expect(asked).toEqual({ name: "a", type: "distribution", unit: "none" });
          expect(traces).toEqual(sorted(withMetric, "-time").map((each) => shown(each, "a")));
        }),
    );
    await fc.assert(runs, { numRuns: 20 });
  });
});

const metric = (index: number, over: Partial<TraceItem> = {}): TraceItem => ({
  kind: "metric",
  traceId: traceOf(index),
  name: "m",
  at: -index * 1_000,
  value: index,
  ...over,
});

async function filled(): Promise<Queries> {
  const { queries, append } = await memoryStore();
  const items: TraceItem[] = [
    metric(1),
    metric(2, { kind: "error", name: "e" }),
    metric(3, { value: 7 }),
    metric(3),
    metric(4, { kind: "span", name: "s", spanId: spanOf(1), lasts: 500 }),
  ];
  append(
    items.map((item) => ({
      ...receivedItem(item),
      level: item.kind === "error" ? "fatal" : undefined,
    })),
  );
  return queries;
}

describe("the list of traces", () => {
  const ids = async (options: Parameters<Queries["traces"]>[0]): Promise<number[]> =>
    (await (await filled()).traces(options)).traces.map(({ traceId }) => Number(traceId.slice(-1)));

  it("holds traces with one item that matches", async () => {
    expect(await ids({})).toEqual([1, 2, 3, 4]);
    expect(await ids({ where: ["@level=fatal"] })).toEqual([2]);
    expect(await ids({ where: ["@duration>=500"] })).toEqual([4]);
    expect(await ids({ metric: "m", where: ["@value>=3"] })).toEqual([3]);
    expect(await ids({ type: "distribution" })).toEqual([1, 3]);
  });

  it("holds traces with a matching item in the range", async () => {
    expect(await ids({ since: "2500ms" })).toEqual([1, 2]);
    expect(await ids({ since: "1h", until: "1500ms" })).toEqual([2, 3, 4]);
  });

  it("has the greatest value of the items that match", async () => {
    const queries = await filled();
    const value = async (where: string[]) =>
      (await queries.traces({ metric: "m", where })).traces.at(-1)?.value;
    expect([await value([]), await value(["@value<7"])]).toEqual([7, 3]);
  });

  it.each([
    [{ sort: "name" }, /sort is "name"; valid are time, -time, duration, -duration, errors/],
    [{ cursor: "x" }, /cursor is "x"; give the "next" of an answer/],
    [{ cursor: Buffer.from("-spans 1 2 3").toString("base64url") }, /of the order -spans/],
    [{ cursor: Buffer.from("-time 1 x 3").toString("base64url") }, /give the "next"/],
    [{ limit: 0 }, /from 1 to 1000/],
    [{ type: "x" }, /valid are counter, gauge, distribution/],
    [{ metric: "n" }, /No metric named "n" was received/],
  ])("refuses %j", async (options, message) => {
    await expect((await filled()).traces(options)).rejects.toThrow(message);
  });

  it("adds up times that exceed 64 bits together", async () => {
    const { queries, append } = await memoryStore();
    const span = receivedItem(metric(1, { kind: "span", lasts: 1, spanId: spanOf(1) }));
    append([
      { ...span, timeNs: 9_000_000_000_000_000_000n, durationNs: 9_000_000_000_000_000_000n },
    ]);
    expect((await queries.traces()).traces[0]?.durationMs).toBe(9e12);
    expect((await queries.tracePage(traceOf(1))).durationMs).toBe(9e12);
  });
});
