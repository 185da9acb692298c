import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  container,
  envelope,
  LOG_TYPE,
  metric,
  metrics,
  SPAN_ID,
  SPAN_TYPE,
  TRACE_ID,
  type ItemText,
  type Json,
} from "../../support/envelopes.js";
import { memoryIngest } from "../../support/memory-ingest.js";

const ids = { trace_id: TRACE_ID, span_id: SPAN_ID };
const item = (type: string, payload: Json): ItemText => ({
  header: { type },
  payload: JSON.stringify(payload),
});

/** Creates every kind of item that has a time. */
const KINDS: Record<string, (time: unknown) => ItemText> = {
  metric: (time) => metrics([metric({ timestamp: time })]),
  "streamed span": (time) =>
    container("span", SPAN_TYPE, [{ ...ids, start_timestamp: time, end_timestamp: time }]),
  "single span": (time) => item("span", { ...ids, start_timestamp: time, timestamp: time }),
  transaction: (time) =>
    item("transaction", { start_timestamp: time, timestamp: time, contexts: { trace: ids } }),
  event: (time) => item("event", { message: "m", timestamp: time }),
  log: (time) => container("log", LOG_TYPE, [{ ...ids, body: "b", timestamp: time }]),
  "client report": (time) =>
    item("client_report", { timestamp: time, discarded_events: [{ reason: "r", quantity: 1 }] }),
};

const NOW = 1_795_348_800n * 1_000_000_000n;
const AGO = 3_600n * 1_000_000_000n;

async function timeOf(kind: string, time: unknown, header: Json = {}) {
  const { send, stored } = await memoryIngest(() => NOW);
  const make = KINDS[kind];
  if (make === undefined) throw new Error(`No such kind: ${kind}`);
  send(envelope([make(time)], header));
  const [first] = await stored();
  return { timeNs: first?.timeNs, verdict: first?.verdict };
}

describe.each(["America/New_York", "Asia/Kolkata"])("on a machine in the zone of %s", (zone) => {
  const before = process.env["TZ"];
  beforeEach(() => void (process.env["TZ"] = zone));
  afterEach(() => {
    if (before === undefined) delete process.env["TZ"];
    else process.env["TZ"] = before;
  });

  it.each(Object.keys(KINDS))("the time of a %s without a zone is UTC", async (kind) => {
    expect(await timeOf(kind, "2026-11-22T11:00:00.000001249")).toEqual({
      timeNs: NOW - AGO + 1_249n,
      verdict: "accepted",
    });
  });

  it("sent_at without a zone is UTC: the sender's clock is right", async () => {
    const header = { sent_at: "2026-11-22T12:00:00" };
    expect(await timeOf("metric", "2026-11-22T11:00:00Z", header)).toEqual({
      timeNs: NOW - AGO,
      verdict: "accepted",
    });
  });
});

describe("a time that is not valid", () => {
  it.each(["last 5", "-5", "1795345200", "Nov 22 2026", "", null, true, {}, [1], 1e300])(
    "%j is not read as one, in any item",
    async (time) => {
      for (const kind of Object.keys(KINDS)) {
        const dropped = ["metric", "streamed span", "single span", "transaction"].includes(kind);
        expect([kind, await timeOf(kind, time)]).toEqual([
          kind,
          { timeNs: NOW, verdict: dropped ? "dropped" : "accepted" },
        ]);
      }
    },
  );
});

describe("the precision of times", () => {
  it("is kept: spans of less than a millisecond have their length and their place", async () => {
    const { send, queries } = await memoryIngest();
    const span = (id: string, start: unknown, end: unknown): Json => ({
      ...ids,
      span_id: id.repeat(16),
      start_timestamp: start,
      end_timestamp: end,
    });
    send(
      envelope([
        container("span", SPAN_TYPE, [
          span("a", "2026-11-22T11:12:27.503100Z", "2026-11-22T11:12:27.504100Z"),
          // As Go writes it.
          span("b", "2026-11-22T11:12:27.503400123Z", "2026-11-22T11:12:27.503700124+00:00"),
          span("c", 1795345947.5035, 1795345947.503502),
        ]),
      ]),
    );
    const { spans, durationMs } = await queries.trace(TRACE_ID);
    expect(durationMs).toBe(1);
    expect(spans.map(({ span: { durationMs: length }, offsetMs }) => [offsetMs, length])).toEqual([
      [0, 1],
      [0.300123, 0.300001],
      [0.4, 0.002],
    ]);
    expect(spans[1]?.span.time).toBe("2026-11-22T11:12:27.503400123Z");
  });
});
