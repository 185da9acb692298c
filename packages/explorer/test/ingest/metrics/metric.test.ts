import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readMetric } from "../../../src/ingest/metrics/metric.js";
import type { Origin } from "../../../src/ingest/envelope/origin.js";
import { metric, SPAN_ID, text, TRACE_ID, type Json } from "../../support/envelopes.js";

const RECEIVED_SECONDS = 1_800_000_000;
const origin: Origin = {
  receivedNs: BigInt(RECEIVED_SECONDS) * 1_000_000_000n,
  driftNs: 0n,
  project: "1",
  sdk: "test/1",
};
const read = (over: Json = {}, from: Origin = origin) =>
  readMetric(metric({ timestamp: RECEIVED_SECONDS - 1, ...over }), from);
const codes = (over: Json): string[] => read(over).notes.map((note) => note.code);

describe("a metric with nothing wrong", () => {
  it("is accepted as it is", () => {
    const row = read({
      type: "distribution",
      unit: "millisecond",
      value: 12.5,
      span_id: SPAN_ID,
      attributes: {
        route: text("/x"),
        n: { value: 2, type: "integer" },
        tags: { value: ["a"], type: "array" },
      },
    });
    expect(row).toMatchObject({
      verdict: "accepted",
      notes: [],
      name: "checkout.started",
      type: "distribution",
      unit: "millisecond",
      value: 12.5,
      weight: 1,
      traceId: TRACE_ID,
      spanId: SPAN_ID,
      attributes: { route: "/x", n: 2, tags: ["a"] },
    });
    expect(row.detail).toBeUndefined();
  });

  it.each([
    [{ value: 0 }],
    [{ value: -3 }],
    [{ unit: "none" }],
    [{ unit: "" }],
    [{ unit: null }],
    [{ unknown_field: 1 }],
    [{ trace_id: TRACE_ID.toUpperCase() }],
  ])("stays accepted with %j", (over) => {
    const row = read(over);
    expect([row.verdict, row.notes, row.traceId]).toEqual(["accepted", [], TRACE_ID]);
  });
});

describe("a metric is dropped", () => {
  it.each([
    [{ name: undefined }, "invalid_name"],
    [{ name: "" }, "invalid_name"],
    [{ name: "   " }, "invalid_name"],
    [{ name: 7 }, "invalid_name"],
    [{ type: undefined }, "invalid_type"],
    [{ type: "histogram" }, "invalid_type"],
    [{ value: null }, "invalid_value"],
    [{ value: "1" }, "invalid_value"],
    [{ value: Infinity }, "invalid_value"],
    [{ trace_id: undefined }, "invalid_trace_id"],
    [{ trace_id: "" }, "invalid_trace_id"],
    [{ trace_id: "xyz" }, "invalid_trace_id"],
    [{ trace_id: "0".repeat(32) }, "invalid_trace_id"],
    [{ timestamp: undefined }, "invalid_timestamp"],
    [{ timestamp: "yesterday" }, "invalid_timestamp"],
    [{ timestamp: RECEIVED_SECONDS - 91 * 86_400 }, "too_old"],
    [{ attributes: { big: text("x".repeat(1024 ** 2)) } }, "too_large"],
  ])("with %j", (over, code) => {
    expect(read(over).verdict).toBe("dropped");
    expect(codes(over)).toEqual([code]);
  });

  it("with every reason, and its text is stored", () => {
    const row = readMetric({ name: "broken" }, origin);
    expect(row.notes.map((note) => note.code)).toEqual([
      "invalid_type",
      "invalid_value",
      "invalid_trace_id",
      "invalid_timestamp",
    ]);
    expect(row.detail).toEqual({ raw: '{"name":"broken"}' });
  });

  it("when it is no object at all", () => {
    expect(readMetric("text", origin).notes.map(({ code }) => code)).toEqual([
      "invalid_trace_metric",
    ]);
  });
});

describe("a metric is changed", () => {
  it.each([
    ["checkout-started", "checkout_started"],
    ["foo!@#bar", "foo_bar"],
    ["  foo.bar ", "_foo.bar_"],
    ["unicøøde", "unic_de"],
    ["API/request", "API_request"],
  ])("when its name %j has to become %j", (name, stored) => {
    expect(read({ name })).toMatchObject({ verdict: "changed", name: stored });
    expect(codes({ name })).toEqual(["name_normalized"]);
  });

  it.each([
    ["usd", undefined],
    ["a very strange unit", undefined],
    ["Millisecond", undefined],
    ["ms", "millisecond"],
    [5, undefined],
  ])("when its unit %j is stored as %j", (unit, stored) => {
    expect([read({ unit }).verdict, read({ unit }).unit]).toEqual(["changed", stored]);
    expect(codes({ unit })).toEqual(["unit_normalized"]);
  });

  it("when an attribute's type does not fit its value, which removes that attribute alone", () => {
    const attributes = {
      good: text("x"),
      untyped: { value: "x" },
      bare: "x",
      wrong: { value: "1", type: "integer" },
      fraction: { value: 1.5, type: "integer" },
      mixed: { value: ["a", 1], type: "array" },
      nested: { value: [["a"]], type: "array" },
      object: { value: {}, type: "object" },
    };
    expect(read({ attributes })).toMatchObject({ verdict: "changed", attributes: { good: "x" } });
    expect(Object.keys(read({ attributes }).attributes)).toEqual(["good"]);
    expect(read({ attributes }).notes[0]?.message).toContain(
      "untyped, bare, wrong, fraction, mixed, nested, object",
    );
  });

  it("when its span id is bad, which removes the span id alone", () => {
    expect(read({ span_id: "nope" })).toMatchObject({ verdict: "changed", spanId: undefined });
  });

  it("when it is more than a minute ahead of the time of arrival", () => {
    expect(read({ timestamp: RECEIVED_SECONDS + 61 }).timeNs).toBe(origin.receivedNs);
    expect(codes({ timestamp: RECEIVED_SECONDS + 61 })).toEqual(["future_timestamp"]);
    expect(codes({ timestamp: RECEIVED_SECONDS + 59 })).toEqual([]);
  });

  it("when the sender's clock is off", () => {
    const row = read(
      { timestamp: RECEIVED_SECONDS - 7200 },
      { ...origin, driftNs: 7_200_000_000_000n },
    );
    expect(row.timeNs).toBe(origin.receivedNs);
    expect(row.notes.map((note) => note.code)).toEqual(["clock_drift"]);
  });
});

describe("a metric's time", () => {
  it("is exact to the microsecond and ordered by the sequence within it", () => {
    const row = read({
      timestamp: RECEIVED_SECONDS - 0.106551,
      attributes: { "sentry.timestamp.sequence": { value: 3, type: "integer" } },
    });
    expect(row.timeNs).toBe(origin.receivedNs - 106_551_000n + 3n);
    expect(row.verdict).toBe("accepted");
  });

  it("may be RFC 3339 text", () => {
    const timestamp = new Date((RECEIVED_SECONDS - 5) * 1000).toISOString();
    expect(read({ timestamp }).timeNs).toBe(origin.receivedNs - 5_000_000_000n);
  });
});

describe("a metric's weight", () => {
  const rate = (value: unknown) =>
    read({ attributes: { "sentry.client_sample_rate": { value, type: "double" } } });

  it("is one over its client sample rate", () => {
    expect(rate(0.25)).toMatchObject({ weight: 4, verdict: "accepted", notes: [] });
    expect(rate(1).weight).toBe(1);
  });

  it("is a million at most, as Sentry stores it, however small the rate", () => {
    expect(rate(5e-324)).toMatchObject({ weight: 1_000_000, verdict: "accepted" });
  });

  it.each([0, -1, 1.5])("is 1, with a note, when the rate is %j", (value) => {
    expect(rate(value)).toMatchObject({ weight: 1, verdict: "accepted" });
    expect(rate(value).notes[0]?.code).toBe("sample_rate_ignored");
  });
});

describe("a metric's size", () => {
  it("is that of its name, value and attributes in UTF-8", () => {
    const row = read({
      name: "abc",
      attributes: {
        é: text("ü"),
        yes: { value: true, type: "boolean" },
        n: { value: 1, type: "integer" },
        list: { value: ["ab", "c"], type: "array" },
      },
    });
    // abc 3, value 8, é+ü 2+2, yes+true 3+1, n+1 1+8, list+ab+c 4+2+1
    expect(row.bytes).toBe(3 + 8 + 4 + 4 + 9 + 7);
  });

  it("above 2 KiB has a note, because only older Relays drop it", () => {
    const over = { attributes: { big: text("x".repeat(2048)) } };
    expect([read(over).verdict, codes(over)]).toEqual(["accepted", ["over_2_kib"]]);
  });
});

describe("any JSON", () => {
  it("gets a verdict without an exception, and a dropped item has a reason", () => {
    const field = fc.jsonValue();
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          timestamp: field,
          type: field,
          name: field,
          value: field,
          trace_id: field,
          unit: field,
          attributes: field,
        },
        { requiredKeys: [] },
      ),
    );
    fc.assert(
      fc.property(anything, (entry) => {
        const row = readMetric(entry, origin);
        expect(row.verdict === "accepted" || row.notes.length > 0).toBe(true);
        expect(row.verdict === "dropped" || Number.isFinite(row.value)).toBe(true);
      }),
    );
  });

  it("may use __proto__ as an attribute key without touching any prototype", () => {
    const entry: unknown = JSON.parse(
      JSON.stringify(metric({ attributes: {} })).replace(
        '"attributes":{}',
        '"attributes":{"__proto__":{"value":"x","type":"string"}}',
      ),
    );
    const row = readMetric(entry, origin);
    expect(Object.entries(row.attributes)).toEqual([["__proto__", "x"]]);
    expect(Object.getPrototypeOf(row.attributes)).toBe(Object.prototype);
  });
});
