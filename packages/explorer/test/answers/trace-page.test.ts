import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TracePage } from "../../src/index.js";
import { FOLDED } from "../../src/model/calls.js";
import type { ReceivedItem } from "../../src/model/received-item.js";
import {
  independentRoot,
  independentSelfMs,
  median,
  receivedItem,
  type TraceItem,
} from "../support/independent-traces.js";
import { memoryStore, withMemoryStore } from "../support/memory-store.js";

const traceOf = (index: number): string => String(index).padStart(32, "a");
const spanOf = (index: number): string => String(index).padStart(16, "b");

const span = (trace: number, id: number, over: Partial<TraceItem> = {}): TraceItem => ({
  kind: "span",
  traceId: traceOf(trace),
  spanId: spanOf(id),
  name: "s",
  at: 0,
  lasts: 10,
  ...over,
});

const pageOf = async (items: readonly TraceItem[], trace = 0): Promise<TracePage> => {
  const { queries, append } = await memoryStore();
  append(items.map(receivedItem));
  return queries.tracePage(traceOf(trace));
};

/** A tree of spans, in which every parent has a smaller number than its children. */
const tree = (trace: number): fc.Arbitrary<TraceItem[]> =>
  fc
    .array(
      fc.record({
        parent: fc.nat(),
        op: fc.constantFrom("db", undefined),
        name: fc.constantFrom("a", "b", "c"),
        at: fc.integer({ min: -20, max: 20 }),
        lasts: fc.integer({ min: 0, max: 30 }),
      }),
      { minLength: 1, maxLength: 12 },
    )
    .map((rows) =>
      rows.map(({ parent, op, ...row }, index) =>
        span(trace, index, {
          ...row,
          at: row.at + trace * 100,
          ...(op !== undefined && { op }),
          ...(index > 0 && { parentSpanId: spanOf(parent % index) }),
        }),
      ),
    );

describe("the page of a trace", () => {
  it("has self times and typical times as an independent computation finds them", async () => {
    const traces = fc.tuple(tree(0), tree(1), tree(2), tree(3), tree(4));
    const run = fc.asyncProperty(traces, async (all) =>
      withMemoryStore(async ({ queries, append }) => {
        append(all.flat().map(receivedItem));
        const page = await queries.tracePage(traceOf(0));
        const [own, ...others] = all;
        const root = independentRoot(own);
        const like = others.filter(
          (spans) => JSON.stringify(independentRoot(spans)) === JSON.stringify(root),
        );
        expect(page.root).toEqual(root);
        expect(page.typical?.traces ?? 0).toBe(like.length);
        const durations = like.map(
          (spans) =>
            Math.max(...spans.map(({ at, lasts = 0 }) => at + lasts)) -
            Math.min(...spans.map(({ at }) => at)),
        );
        expect(page.typical?.durationMs).toBe(median(durations));
        expect(page.spans).toHaveLength(own.length);
        for (const shown of page.spans) {
          const sent = own.find(({ spanId }) => spanId === shown.spanId) as TraceItem;
          const same = like.flat().filter(({ op, name }) => op === sent.op && name === sent.name);
          const selves = same.map((each) => independentSelfMs(each, like.flat()));
          expect(shown.selfMs).toBe(independentSelfMs(sent, own));
          expect([shown.typicalMs, shown.typicalSpans ?? 0]).toEqual([median(selves), same.length]);
        }
      }),
    );
    await fc.assert(run, { numRuns: 60 });
  });

  it("has the spans of the complete trace, in the same order and at the same depth", async () => {
    const run = fc.asyncProperty(tree(0), async (spans) =>
      withMemoryStore(async ({ queries, append }) => {
        append(spans.map(receivedItem));
        const [page, trace] = [
          await queries.tracePage(traceOf(0)),
          await queries.trace(traceOf(0)),
        ];
        expect(
          page.spans.map(({ id, depth, offsetMs, durationMs }) => [
            id,
            depth,
            offsetMs,
            durationMs,
          ]),
        ).toEqual(
          trace.spans.map(({ span: { id, durationMs }, depth, offsetMs }) => [
            id,
            depth,
            offsetMs,
            durationMs,
          ]),
        );
        expect([page.start, page.durationMs]).toEqual([trace.start, trace.durationMs]);
      }),
    );
    await fc.assert(run, { numRuns: 30 });
  });

  it("has errors, logs and metrics as marks with their span", async () => {
    const page = await pageOf([
      span(0, 1, { op: "http", name: "GET /" }),
      { ...span(0, 1), kind: "metric", name: "m", at: 3, value: 5 },
      { ...span(0, 9), kind: "error", name: "E: boom", at: 4 },
      { kind: "log", traceId: traceOf(0), name: "x".repeat(2_000), at: 12 },
    ]);
    expect(page.root).toEqual({ op: "http", name: "GET /" });
    expect(
      page.marks.map(({ kind, name, spanId, offsetMs, value }) => [
        kind,
        name.length,
        spanId,
        offsetMs,
        value,
      ]),
    ).toEqual([
      ["metric", 1, spanOf(1), 3, 5],
      ["error", 7, spanOf(9), 4, undefined],
      ["log", 1_000, undefined, 12, undefined],
    ]);
    expect(page).toMatchObject({ durationMs: 10, truncated: false });
  });

  it("has the number of calls that a sampled or folded metric stands for", async () => {
    const { queries, append } = await memoryStore();
    const metric = (name: string, over: Partial<ReceivedItem>): ReceivedItem => ({
      ...receivedItem({ kind: "metric", traceId: traceOf(0), name, at: 0, value: 1 }),
      ...over,
    });
    append([
      metric("plain", {}),
      metric("sampled", { weight: 4 }),
      metric("folded", { attributes: { [FOLDED]: 30 } }),
      metric("both", { weight: 4, attributes: { [FOLDED]: 30 } }),
      metric("text", { attributes: { [FOLDED]: "30" } }),
      metric("a log", { kind: "log", attributes: { [FOLDED]: 30 } }),
    ]);
    const { marks } = await queries.tracePage(traceOf(0));
    expect(marks.map(({ name, calls }) => [name, calls])).toEqual([
      ["plain", undefined],
      ["sampled", 4],
      ["folded", 30],
      ["both", 120],
      ["text", undefined],
      ["a log", undefined],
    ]);
  });

  it("has no typical times when no other trace has the same root", async () => {
    const page = await pageOf([span(0, 1), span(1, 1, { name: "other" })]);
    expect(page.typical).toBeUndefined();
    expect(page.spans[0]).not.toHaveProperty("typicalMs");
  });

  it("compares with the newest 200 traces", async () => {
    const others = Array.from({ length: 250 }, (_, index) =>
      span(index + 1, 1, { at: index * 20, lasts: index < 50 ? 19 : 5 }),
    );
    const page = await pageOf([span(0, 1), ...others]);
    expect(page.typical).toEqual({ traces: 200, durationMs: 5 });
    expect(page.spans[0]).toMatchObject({ typicalMs: 5, typicalSpans: 200 });
  });

  it("begins with the span without a parent, the longest of those that begin together", async () => {
    const spansOf = (trace: number): TraceItem[] => [
      span(trace, 1, { name: "received first", at: 1, lasts: 3 }),
      span(trace, 2, { name: "longest", at: 1, lasts: 9 }),
      span(trace, 3, { name: "child", at: 0, parentSpanId: spanOf(9) }),
    ];
    const { queries, append } = await memoryStore();
    append(
      [
        ...spansOf(0),
        ...spansOf(1),
        span(2, 1, { name: "longest", parentSpanId: spanOf(9), at: 0 }),
        span(2, 2, { name: "other", at: 3 }),
      ].map(receivedItem),
    );
    const page = await queries.tracePage(traceOf(0));
    expect(page.root).toEqual({ name: "longest" });
    expect(page.typical?.traces).toBe(1);
    const { traces } = await queries.traces({ sort: "time" });
    expect(traces.map(({ root }) => root?.name)).toEqual(["longest", "longest", "other"]);
  });

  it("counts spans that were sent twice once", async () => {
    const twice = [span(1, 1), span(1, 2, { parentSpanId: spanOf(1), name: "c", lasts: 4 })];
    const page = await pageOf([
      span(0, 1),
      span(0, 1),
      ...twice,
      ...twice,
      span(0, 2, { parentSpanId: spanOf(1), name: "c", lasts: 3 }),
    ]);
    expect(page.spans).toMatchObject([
      { selfMs: 7, typicalMs: 6, typicalSpans: 1 },
      { selfMs: 3, typicalMs: 4, typicalSpans: 1 },
    ]);
  });

  it("shows spans that name themselves or each other as parent once each", async () => {
    const page = await pageOf([
      span(0, 1, { parentSpanId: spanOf(1) }),
      span(0, 2, { parentSpanId: spanOf(3) }),
      span(0, 3, { parentSpanId: spanOf(2) }),
    ]);
    expect(page.spans.map(({ spanId }) => spanId).sort()).toEqual([1, 2, 3].map(spanOf));
    expect(page.spans.find(({ spanId }) => spanId === spanOf(1))?.selfMs).toBe(10);
  });

  it("of 10 000 spans, each in the one before, and 500 metrics is complete", async () => {
    const chain = Array.from({ length: 10_000 }, (_, index) =>
      span(0, index, {
        lasts: 20_000 - index,
        at: index,
        ...(index > 0 && { parentSpanId: spanOf(index - 1) }),
      }),
    );
    const metrics = chain
      .slice(0, 500)
      .map((each): TraceItem => ({ ...each, kind: "metric", value: 1 }));
    const page = await pageOf([...chain, ...metrics]);
    expect([page.spans.length, page.marks.length, page.truncated]).toEqual([10_000, 500, false]);
    expect(page.spans.at(-1)).toMatchObject({ depth: 9_999, selfMs: 10_001 });
    expect(page.spans[0]?.selfMs).toBe(1);
  });

  it("of metrics alone has no spans and no root", async () => {
    const page = await pageOf([
      { kind: "metric", traceId: traceOf(0), name: "m", at: 1, value: 1 },
      { kind: "metric", traceId: traceOf(0), name: "m", at: 5, value: 1 },
    ]);
    expect([page.spans, page.root, page.durationMs]).toEqual([[], undefined, 4]);
  });

  it("is found by its first digits, and an unknown one is an error", async () => {
    const { queries, append } = await memoryStore();
    append([receivedItem(span(0, 1))]);
    expect((await queries.tracePage("aaaa")).traceId).toBe(traceOf(0));
    await expect(queries.tracePage("f".repeat(32))).rejects.toMatchObject({ code: "not_found" });
  });
});
