import { describe, expect, it } from "vitest";
import {
  envelope,
  metric,
  metrics,
  SPAN_ID,
  TRACE_ID,
  type ItemText,
} from "../support/envelopes.js";
import { memoryIngest } from "../support/memory-ingest.js";

const many = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

async function send(items: ItemText[]) {
  const ingest = await memoryIngest();
  const answer = ingest.send(envelope(items));
  const stored = await ingest.stored();
  const groups = new Set(stored.map(({ kind, notes }) => `${kind} ${notes[0]?.code ?? "-"}`));
  return { answer, count: stored.length, groups: [...groups] };
}

describe("an envelope of ten thousand metrics", () => {
  it("is read", async () => {
    const { answer, count, groups } = await send([metrics(many(10_000, metric()))]);
    expect([answer.ok, count, groups]).toEqual([true, 10_000, ["metric -"]]);
  });
});

describe("an envelope that holds far more than any SDK sends", () => {
  it("in one container is refused without reading its entries", async () => {
    const { answer, count, groups } = await send([metrics(many(10_001, {}))]);
    expect([answer.ok, count, groups]).toEqual([true, 1, ["container too_many"]]);
  });

  it("in a container of more values than can be read at once is refused unparsed", async () => {
    const { count, groups } = await send([metrics(many(500_001, {}))]);
    expect([count, groups]).toEqual([1, ["container container_invalid"]]);
  });

  it("in many items together is a 413, and nothing of it is stored", async () => {
    const log = { header: { type: "log" }, payload: JSON.stringify({ items: many(6_000, {}) }) };
    const { answer, count } = await send([log, log]);
    expect(answer).toMatchObject({
      ok: false,
      status: 413,
      reason: expect.stringMatching(/10000/),
    });
    expect(count).toBe(0);
  });

  it("in the number of its items is a 413", async () => {
    const { answer } = await send(many(10_001, { header: { type: "x" }, payload: "" }));
    expect(answer).toMatchObject({ ok: false, status: 413 });
  });

  it("in the spans of a transaction, or the losses of a report, is a 413", async () => {
    const spans = many(10_001, { trace_id: TRACE_ID, span_id: SPAN_ID });
    const transaction = { header: { type: "transaction" }, payload: JSON.stringify({ spans }) };
    expect((await send([transaction])).answer).toMatchObject({ ok: false, status: 413 });
    const lost = JSON.stringify({ discarded_events: many(20_000, {}) });
    const report = { header: { type: "client_report" }, payload: lost };
    const log = { header: { type: "x" }, payload: "" };
    expect((await send([report, log])).answer).toMatchObject({ ok: false, status: 413 });
  });
});
