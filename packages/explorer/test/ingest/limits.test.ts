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
  const rows = await ingest.store.select<{ kind: string; codes: string | null; count: number }>(
    `SELECT kind, notes ->> '$[0].code' AS codes, count(*)::INTEGER AS count FROM items GROUP BY ALL ORDER BY ALL`,
  );
  return { answer, rows: rows.map(({ kind, codes, count }) => [kind, codes, count]) };
}

describe("an envelope of ten thousand metrics", () => {
  it("is read", async () => {
    const { answer, rows } = await send([metrics(many(10_000, metric()))]);
    expect([answer.ok, rows]).toEqual([true, [["metric", null, 10_000]]]);
  });
});

describe("an envelope that holds far more than any SDK sends", () => {
  it("in one container is refused without reading its entries", async () => {
    const { answer, rows } = await send([metrics(many(10_001, {}))]);
    expect([answer.ok, rows]).toEqual([true, [["container", "too_many", 1]]]);
  });

  it("in a container of more values than can be read at once is refused unparsed", async () => {
    const { rows } = await send([metrics(many(500_001, {}))]);
    expect(rows).toEqual([["container", "container_invalid", 1]]);
  });

  it("in many items together is a 413, and nothing of it is kept", async () => {
    const log = { header: { type: "log" }, payload: JSON.stringify({ items: many(6_000, {}) }) };
    const { answer, rows } = await send([log, log]);
    expect(answer).toMatchObject({
      ok: false,
      status: 413,
      reason: expect.stringMatching(/10000/),
    });
    expect(rows).toEqual([]);
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
