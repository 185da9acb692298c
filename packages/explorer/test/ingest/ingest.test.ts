import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  container,
  envelope,
  LOG_TYPE,
  metric,
  METRIC_TYPE,
  metrics,
  nowSeconds,
  SPAN_ID,
  SPAN_TYPE,
  text,
  TRACE_ID,
  type ItemText,
  type Json,
} from "../support/envelopes.js";
import { memoryIngest, type MemoryIngest } from "../support/memory-ingest.js";

const item = (type: string, payload: unknown, header: Json = {}): ItemText => ({
  header: { type, ...header },
  payload: JSON.stringify(payload),
});

/** Kind, name, verdict and codes of every stored item, in order of arrival. */
async function contents({ stored }: MemoryIngest) {
  const items = await stored();
  return items.map(({ kind, name, verdict, notes }) => [
    kind,
    name,
    verdict,
    ...notes.map(({ code }) => code),
  ]);
}

describe("a metric container", () => {
  it("is read metric by metric", async () => {
    const ingest = await memoryIngest();
    const bad = metric({ name: "nan", value: null });
    expect(ingest.send(envelope([metrics([metric(), bad, metric({ name: "a-b" })])]))).toEqual({
      ok: true,
    });
    expect(await contents(ingest)).toEqual([
      ["metric", "checkout.started", "accepted"],
      ["metric", "nan", "dropped", "invalid_value"],
      ["metric", "a_b", "changed", "name_normalized"],
    ]);
  });

  it.each<[string, Json, string]>([
    ["that counts wrong", { item_count: 2 }, "container_item_count"],
    ["without a count", { item_count: undefined }, "container_item_count"],
    ["with another content type", { content_type: "application/json" }, "container_content_type"],
    ["without a content type", { content_type: undefined }, "container_content_type"],
  ])("%s is refused as a whole, with every metric in it", async (_, header, code) => {
    const ingest = await memoryIngest();
    expect(ingest.send(envelope([metrics([metric()], header)]))).toMatchObject({ ok: true });
    expect(await contents(ingest)).toEqual([
      ["container", "trace_metric", "dropped", code],
      ["metric", "checkout.started", "dropped", code],
    ]);
  });

  it.each(["{broken", "[]", '{"version":2}', '{"items":{}}'])(
    "whose payload is %j is refused as a whole",
    async (payload) => {
      const ingest = await memoryIngest();
      ingest.send(envelope([{ ...metrics([metric()]), payload }]));
      expect(await contents(ingest)).toEqual([
        ["container", "trace_metric", "dropped", "container_invalid"],
      ]);
    },
  );

  it("that is the second of its envelope makes the whole envelope a 413, as Relay does", async () => {
    const ingest = await memoryIngest();
    const twice = envelope([
      metrics([metric()]),
      metrics([metric({ name: "second" })]),
      item("event", { message: "m" }),
    ]);
    expect(ingest.send(twice)).toMatchObject({ ok: false, status: 413 });
    expect(await contents(ingest)).toEqual([
      ["container", "trace_metric", "dropped", "duplicate_item"],
      ["metric", "checkout.started", "dropped", "duplicate_item"],
      ["container", "trace_metric", "dropped", "duplicate_item"],
      ["metric", "second", "dropped", "duplicate_item"],
      ["container", "event", "dropped", "duplicate_item"],
      ["error", "m", "dropped", "duplicate_item"],
    ]);
  });

  it("whose metrics are above 1 MiB on average is a 413", async () => {
    const ingest = await memoryIngest();
    const big = metric({ attributes: { big: text("x".repeat(1024 ** 2)) } });
    expect(ingest.send(envelope([metrics([big])]))).toMatchObject({ ok: false, status: 413 });
  });

  it("above 12 MiB is a 413", async () => {
    const ingest = await memoryIngest();
    const half = metric({ attributes: { big: text("x".repeat(512 * 1024)) } });
    const all = Array.from({ length: 25 }, () => half);
    const answer = ingest.send(envelope([metrics(all)]));
    expect(answer).toMatchObject({
      ok: false,
      status: 413,
      reason: expect.stringContaining("12582912"),
    });
  });
});

describe("clock drift", () => {
  const now = 1_800_000_000n * 1_000_000_000n;
  const sentAt = (seconds: number) => new Date((1_800_000_000 + seconds) * 1000).toISOString();
  const timeOf = async (seconds: number) => {
    const ingest = await memoryIngest(() => now);
    const late = metric({ timestamp: 1_800_000_000 + seconds });
    ingest.send(envelope([metrics([late])], { sent_at: sentAt(seconds) }));
    const [stored] = await ingest.stored();
    return [Number((stored?.timeNs ?? 0n) - now) / 1e9, stored?.verdict];
  };

  it("of 55 minutes or more is taken out, in either direction", async () => {
    expect(await timeOf(-3300)).toEqual([0, "changed"]);
    expect(await timeOf(3600)).toEqual([0, "changed"]);
  });

  it("of less is left alone", async () => {
    expect(await timeOf(-3299)).toEqual([-3299, "accepted"]);
  });
});

describe("other items", () => {
  it("of span containers become spans", async () => {
    const ingest = await memoryIngest();
    const span = {
      trace_id: TRACE_ID,
      span_id: SPAN_ID,
      parent_span_id: "f".repeat(16),
      name: "SELECT 1",
      status: "ok",
      start_timestamp: nowSeconds() - 1,
      end_timestamp: nowSeconds() - 0.5,
      attributes: { "sentry.op": text("db") },
    };
    ingest.send(envelope([container("span", SPAN_TYPE, [span, { ...span, span_id: "short" }])]));
    const { spans } = await ingest.queries.trace(TRACE_ID);
    expect(spans).toHaveLength(1);
    expect(spans[0]?.span).toMatchObject({
      kind: "span",
      name: "SELECT 1",
      op: "db",
      status: "ok",
    });
    expect(spans[0]?.span.durationMs).toBeCloseTo(500, 0);
    expect(await contents(ingest)).toContainEqual([
      "span",
      "SELECT 1",
      "dropped",
      "invalid_span_id",
    ]);
  });

  it("that are single spans of older browser SDKs become spans", async () => {
    const ingest = await memoryIngest();
    const span = {
      trace_id: TRACE_ID,
      span_id: SPAN_ID,
      description: "LCP",
      op: "ui.webvital.lcp",
      start_timestamp: nowSeconds(),
      timestamp: nowSeconds(),
      data: { "sentry.exclusive_time": 0, extra: { nested: true } },
    };
    ingest.send(envelope([item("span", span)]));
    const { spans } = await ingest.queries.trace(TRACE_ID);
    expect(spans[0]?.span).toMatchObject({
      name: "LCP",
      op: "ui.webvital.lcp",
      attributes: { extra: '{"nested":true}' },
    });
  });

  it("that are transactions become a root span and the spans they carry", async () => {
    const ingest = await memoryIngest();
    const start = nowSeconds() - 1;
    const child = {
      trace_id: TRACE_ID,
      span_id: "b".repeat(16),
      parent_span_id: SPAN_ID,
      op: "db",
      description: "SELECT 1",
    };
    const transaction = {
      transaction: "GET /",
      release: "r@1",
      start_timestamp: start,
      timestamp: start + 1,
      contexts: {
        trace: { trace_id: TRACE_ID, span_id: SPAN_ID, op: "http.server", data: { a: 1 } },
      },
      spans: [{ ...child, start_timestamp: start, timestamp: start + 0.5 }],
      tags: { tier: "gold" },
    };
    ingest.send(envelope([item("transaction", transaction)], { event_id: "e" }));
    const { spans } = await ingest.queries.trace(TRACE_ID);
    expect(spans.map(({ span, depth }) => [span.kind, span.name, span.op, depth])).toEqual([
      ["transaction", "GET /", "http.server", 0],
      ["span", "SELECT 1", "db", 1],
    ]);
    expect(spans[0]?.span.attributes).toEqual({ "sentry.release": "r@1", tier: "gold", a: 1 });
  });

  it("that are events become errors titled by the exception that was caught", async () => {
    const ingest = await memoryIngest();
    const contexts = { trace: { trace_id: TRACE_ID, span_id: SPAN_ID } };
    const values = [
      { type: "Cause", value: "first" },
      { type: "Error", value: "boom" },
    ];
    ingest.send(
      envelope([
        item("event", { exception: { values }, level: "fatal", contexts, modules: { a: "1" } }),
      ]),
    );
    ingest.send(envelope([item("event", { logentry: { formatted: "hello" }, level: "info" })]));
    const { unattached } = await ingest.queries.trace(TRACE_ID);
    expect(unattached[0]).toMatchObject({
      kind: "error",
      name: "Error: boom",
      level: "fatal",
      spanId: SPAN_ID,
    });
    expect(unattached[0]?.detail).toEqual({ exception: { values }, level: "fatal", contexts });
    expect((await contents(ingest)).map(([, name]) => name)).toEqual(["Error: boom", "hello"]);
  });

  it("that are very large events keep their title and trace, not their whole text", async () => {
    const ingest = await memoryIngest();
    const extra = { dump: "x".repeat(300 * 1024) };
    ingest.send(
      envelope([
        item("event", {
          event_id: "e",
          message: "m",
          extra,
          contexts: { trace: { trace_id: TRACE_ID } },
        }),
      ]),
    );
    const { unattached } = await ingest.queries.trace(TRACE_ID);
    expect(unattached[0]).toMatchObject({
      name: "m",
      detail: { event_id: "e", truncated: expect.stringContaining("262144") },
    });
  });

  it("that are logs name their span in either way SDKs do", async () => {
    const ingest = await memoryIngest();
    const log = { timestamp: nowSeconds(), level: "warn", body: "slow", trace_id: TRACE_ID };
    const older = { ...log, attributes: { "sentry.trace.parent_span_id": text(SPAN_ID) } };
    ingest.send(envelope([container("log", LOG_TYPE, [{ ...log, span_id: SPAN_ID }, older])]));
    const { unattached } = await ingest.queries.trace(TRACE_ID);
    expect(unattached.map(({ kind, name, level, spanId }) => [kind, name, level, spanId])).toEqual([
      ["log", "slow", "warn", SPAN_ID],
      ["log", "slow", "warn", SPAN_ID],
    ]);
  });

  it("that are client reports become the losses of SDKs", async () => {
    const ingest = await memoryIngest();
    const lost = (reason: string, quantity: unknown) => ({
      reason,
      category: "trace_metric",
      quantity,
    });
    const report = {
      timestamp: nowSeconds(),
      discarded_events: [lost("network_error", 3), lost("before_send", 1)],
    };
    const header = { sdk: { name: "sentry.x", version: "1" } };
    ingest.send(envelope([item("client_report", report)], header));
    ingest.send(
      envelope([item("client_report", { discarded_events: [lost("network_error", 4)] })], header),
    );
    const lastSeen = expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string;
    const loss = { sdk: "sentry.x/1", category: "trace_metric", lastSeen };
    expect((await ingest.queries.stats()).lostBySdks).toEqual([
      { ...loss, reason: "network_error", quantity: 7 },
      { ...loss, reason: "before_send", quantity: 1 },
    ]);
  });

  it("whose counts are none do not spoil the totals", async () => {
    const ingest = await memoryIngest();
    for (const quantity of [1e308, 1e308, -5, 1.5, "7", null, 2 ** 32, 3]) {
      const losses = [{ reason: "network_error", category: "trace_metric", quantity }];
      ingest.send(envelope([item("client_report", { discarded_events: losses })]));
      ingest.send(envelope([item("hologram", {}, { item_count: quantity })]));
    }
    const { lostBySdks, otherItems } = await ingest.queries.stats();
    expect([lostBySdks[0]?.quantity, otherItems[0]?.count]).toEqual([3, 10]);
  });

  it("of unknown types are counted", async () => {
    const ingest = await memoryIngest();
    const future = { header: { type: "hologram", item_count: 5 }, payload: "\u0001binary" };
    expect(ingest.send(envelope([future, item("session", {}), item("session", {})]))).toMatchObject(
      { ok: true },
    );
    expect((await ingest.queries.stats()).otherItems).toEqual([
      { type: "hologram", count: 5 },
      { type: "session", count: 2 },
    ]);
  });

  it("nested deeper than Relay reads are refused alone", async () => {
    const ingest = await memoryIngest();
    const deep = `{"items":${"[".repeat(3000)}${"]".repeat(3000)}}`;
    ingest.send(
      envelope([
        { header: { type: "event" }, payload: `{"extra":${"[".repeat(129)}${"]".repeat(129)}}` },
        { header: { type: "log", item_count: 1, content_type: LOG_TYPE }, payload: deep },
        metrics([metric({ name: "beside" })]),
      ]),
    );
    const items = await contents(ingest);
    expect(items.filter(([, , verdict]) => verdict === "dropped")).toHaveLength(2);
    expect(items.some(([kind, name]) => kind === "metric" && name === "beside")).toBe(true);
  });

  it("whose payload is broken are refused alone, with the reason", async () => {
    const ingest = await memoryIngest();
    ingest.send(envelope([{ header: { type: "event" }, payload: "{" }, metrics([metric()])]));
    expect(await contents(ingest)).toEqual([
      ["container", "event", "dropped", "payload_invalid"],
      ["metric", "checkout.started", "accepted"],
    ]);
  });
});

describe("the origin of an envelope", () => {
  it("is the project of the URL, and its SDK", async () => {
    const ingest = await memoryIngest();
    ingest.send(
      envelope([metrics([metric()])], {
        sdk: { name: "sentry.x", version: "1.2" },
        dsn: "http://k@h/99",
      }),
    );
    expect((await ingest.queries.samples()).samples[0]).toMatchObject({
      project: "1",
      sdk: "sentry.x/1.2",
    });
  });
});

describe("any payload", () => {
  const types = ["trace_metric", "span", "log", "transaction", "event", "client_report", "session"];
  const contentTypes = [METRIC_TYPE, SPAN_TYPE, LOG_TYPE, undefined];
  const time = fc.oneof(fc.jsonValue(), fc.double(), fc.constant(nowSeconds()));
  const payload = fc.oneof(
    fc.jsonValue(),
    fc.record({ items: fc.array(fc.jsonValue()) }),
    fc.record({
      items: fc.array(fc.record({ start_timestamp: time, end_timestamp: time, timestamp: time })),
    }),
    fc.record({
      contexts: fc.oneof(fc.jsonValue(), fc.record({ trace: fc.jsonValue() })),
      exception: fc.oneof(fc.jsonValue(), fc.record({ values: fc.jsonValue() })),
      spans: fc.jsonValue(),
      tags: fc.jsonValue(),
      discarded_events: fc.jsonValue(),
      timestamp: time,
    }),
  );

  it("is stored with a verdict, and every question can still be answered", async () => {
    const ingest = await memoryIngest();
    const anyItem = fc.tuple(fc.constantFrom(...types), fc.constantFrom(...contentTypes), payload);
    fc.assert(
      fc.property(anyItem, fc.jsonValue(), ([type, contentType, content], sentAt) => {
        const items = (content as { items?: unknown[] } | null)?.items;
        const header = {
          content_type: contentType,
          item_count: Array.isArray(items) ? items.length : 1,
        };
        const answer = ingest.send(envelope([item(type, content, header)], { sent_at: sentAt }));
        expect(answer.ok).toBe(true);
      }),
      { numRuns: 1_000 },
    );
    const { kinds } = await ingest.queries.stats();
    expect(kinds.length).toBeGreaterThan(3);
    await ingest.queries.metrics();
    await ingest.queries.verdicts();
    await ingest.queries.samples({ limit: 1_000 });
  });
});

describe("hostile text", () => {
  it("of any characters can be stored, grouped by and read back", async () => {
    const ingest = await memoryIngest();
    const strange = "\ud800 \u0000 \\ud800 \\\\ \" ' ; DROP TABLE items; -- \u{1f600}";
    ingest.send(envelope([metrics([metric({ attributes: { [strange]: text(strange) } })])]));
    const stored = "\ufffd \u0000 \\ud800 \\\\ \" ' ; DROP TABLE items; -- \u{1f600}";
    const {
      samples: [sample],
    } = await ingest.queries.samples();
    expect(sample?.attributes).toEqual({ [stored]: stored });
    const { rows } = await ingest.queries.table("checkout.started", { by: [stored] });
    expect(rows.map((row) => row.group)).toEqual([{ [stored]: stored }]);
  });
});
