import { describe, expect, it } from "vitest";
import {
  container,
  envelope,
  metric,
  metrics,
  nowSeconds,
  SPAN_TYPE,
  TRACE_ID,
  type Json,
} from "../support/envelopes.js";
import { memoryIngest } from "../support/memory-ingest.js";

const START = nowSeconds() - 10;
const id = (letter: string) => letter.repeat(16);

const span = (name: string, parent: string | undefined, [from, to]: [number, number]): Json => ({
  trace_id: TRACE_ID,
  span_id: id(name),
  parent_span_id: parent === undefined ? undefined : id(parent),
  name,
  start_timestamp: START + from,
  end_timestamp: START + to,
  attributes: {},
});

async function traceOf(spans: Json[], inTrace: Json[] = []) {
  const ingest = await memoryIngest();
  ingest.send(envelope([container("span", SPAN_TYPE, spans)]));
  if (inTrace.length > 0)
    ingest.send(
      envelope([metrics(inTrace.map((over) => metric({ timestamp: START + 1, ...over })))]),
    );
  return ingest.queries.trace(TRACE_ID);
}

describe("a trace", () => {
  it("is as long as its spans, however late a metric of its page comes", async () => {
    const { durationMs, spans, unattached } = await traceOf(
      [span("a", undefined, [0, 2])],
      [{ name: "late", timestamp: START + 9, span_id: undefined }],
    );
    expect(durationMs).toBeCloseTo(2000, 0);
    expect(spans[0]?.offsetMs).toBe(0);
    expect(unattached.map(({ name }) => name)).toEqual(["late"]);
  });

  it("lists every span after its parent, siblings by their start", async () => {
    const { spans, durationMs } = await traceOf([
      span("c", "a", [2, 3]),
      span("d", "b", [1.5, 2]),
      span("b", "a", [1, 2]),
      span("a", undefined, [0, 4]),
    ]);
    expect(
      spans.map(({ span: { name }, depth, offsetMs }) => [name, depth, Math.round(offsetMs)]),
    ).toEqual([
      ["a", 0, 0],
      ["b", 1, 1000],
      ["d", 2, 1500],
      ["c", 1, 2000],
    ]);
    expect(durationMs).toBeCloseTo(4000, 0);
  });

  it("has beside each span what was recorded in it, and apart what names no received span", async () => {
    const { spans, unattached } = await traceOf(
      [span("a", undefined, [0, 4]), span("b", "a", [1, 2])],
      [
        { name: "in.b", span_id: id("b") },
        { name: "nowhere" },
        { name: "in.lost", span_id: id("e") },
      ],
    );
    expect(spans.map(({ items }) => items.map(({ name }) => name))).toEqual([[], ["in.b"]]);
    expect(unattached.map(({ name }) => name)).toEqual(["nowhere", "in.lost"]);
  });

  it("shows a span whose parent did not come as a root", async () => {
    const { spans } = await traceOf([span("b", "a", [1, 2]), span("c", "b", [1, 2])]);
    expect(spans.map(({ span: { name }, depth }) => [name, depth])).toEqual([
      ["b", 0],
      ["c", 1],
    ]);
  });

  it("shows spans that name each other as parent once each", async () => {
    const { spans } = await traceOf([
      span("b", "c", [1, 2]),
      span("c", "b", [1, 3]),
      span("d", "d", [2, 3]),
    ]);
    expect(spans.map(({ span: { name } }) => name).sort()).toEqual(["b", "c", "d"]);
  });

  it("shows a span that was sent twice once", async () => {
    const { spans } = await traceOf([span("a", undefined, [0, 1]), span("a", undefined, [0, 1])]);
    expect(spans).toHaveLength(1);
  });

  it("of more than can be read keeps its spans, errors and logs, however late they come", async () => {
    const ingest = await memoryIngest();
    const early = Array.from({ length: 10_000 }, () => metric({ timestamp: START - 5 }));
    ingest.send(envelope([metrics(early)]));
    ingest.send(envelope([container("span", SPAN_TYPE, [span("a", undefined, [0, 1])])]));
    const { spans, unattached, truncated } = await ingest.queries.trace(TRACE_ID);
    expect(spans.map(({ span: { name } }) => name)).toEqual(["a"]);
    expect([unattached.length, truncated]).toEqual([9_999, true]);
  });

  it("of metrics alone has no spans", async () => {
    const ingest = await memoryIngest();
    ingest.send(envelope([metrics([metric()])]));
    const trace = await ingest.queries.trace(TRACE_ID.toUpperCase());
    expect([trace.spans, trace.unattached.length, trace.durationMs]).toEqual([[], 1, 0]);
  });

  it("that is unknown is not found, and text that is not a trace id is refused", async () => {
    const ingest = await memoryIngest();
    await expect(ingest.queries.trace("f".repeat(32))).rejects.toMatchObject({ code: "not_found" });
    await expect(ingest.queries.trace("f")).rejects.toMatchObject({ code: "usage" });
  });

  it("as deep as an SDK can make it is shown in full", async () => {
    const ingest = await memoryIngest();
    const deep = Array.from({ length: 2_000 }, (_, index) => ({
      ...span("a", undefined, [0, 1]),
      span_id: (index + 1).toString(16).padStart(16, "0"),
      parent_span_id: index.toString(16).padStart(16, "0"),
    }));
    ingest.send(envelope([container("span", SPAN_TYPE, deep)]));
    const { spans } = await ingest.queries.trace(TRACE_ID);
    expect(spans.at(-1)?.depth).toBe(1_999);
  });
});
