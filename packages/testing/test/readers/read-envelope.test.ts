import { describe, expect, test } from "vitest";
import { readEnvelope, type EnvelopeRules } from "../../src/index.js";
import { CONTENT_TYPE, envelopeOf, headersOf, metricOf, reportOf } from "./sample-envelope.js";

const read = (text: string, rules?: EnvelopeRules) =>
  readEnvelope(new TextEncoder().encode(text), rules);

describe("readEnvelope", () => {
  test("returns the parts of a metric", () => {
    const attributes = {
      text: { type: "string", value: "é" },
      flag: { type: "boolean", value: true },
      count: { type: "integer", value: 3 },
      ratio: { type: "double", value: 0.5 },
      list: { type: "array", value: ["a", "b"] },
    };
    const { metrics, headers } = read(envelopeOf([metricOf({ attributes })]));
    expect(headers["sdk"]).toEqual({ name: "spanmeter.javascript.fake", version: "0.1.0" });
    expect(metrics).toEqual([
      {
        type: "counter",
        name: "checkout.started",
        value: 1,
        unit: "none",
        timestamp: 1767225600.25,
        traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
        spanId: "00f067aa0ba902b7",
        attributes: { text: "é", flag: true, count: 3, ratio: 0.5, list: ["a", "b"] },
        attributeTypes: {
          text: "string",
          flag: "boolean",
          count: "integer",
          ratio: "double",
          list: "array",
        },
        bytes: 16 + 8 + (4 + 2) + (4 + 1) + (5 + 8) + (5 + 8) + (4 + 2),
      },
    ]);
  });

  test("accepts a trailing newline, a length, and a payload without one", () => {
    const text = envelopeOf([metricOf()]);
    const payload = text.split("\n")[2] ?? "";
    expect(read(`${text}\n`).metrics).toHaveLength(1);
    expect(read(envelopeOf([metricOf()], {}, { length: payload.length })).metrics).toHaveLength(1);
  });

  test("reads a key such as __proto__ like any other", () => {
    const attributes = JSON.parse('{"__proto__":{"type":"string","value":"x"}}') as object;
    const { metrics } = read(envelopeOf([metricOf({ attributes })]));
    expect(Object.entries(metrics[0]?.attributes ?? {})).toEqual([["__proto__", "x"]]);
  });

  test("reads a client report beside metrics", () => {
    const line = { reason: "invalid", category: "trace_metric", quantity: 2 };
    const report = `{"type":"client_report"}\n${JSON.stringify({ discarded_events: [line] })}`;
    const { clientReports, metrics } = read(`${envelopeOf([metricOf()])}\n${report}\n`);
    expect(clientReports).toEqual([{ discarded: [line] }]);
    expect(metrics).toHaveLength(1);
  });

  test("with foreign: true, only checks Relay's rules", () => {
    const foreign = `{}\n{"type":"transaction"}\n{"a":1}\n`;
    expect(read(foreign, { foreign: true }).items).toHaveLength(1);
    expect(() => read(foreign)).toThrow("must hold only metrics and reports");
    const bare = `{}\n{"type":"trace_metric","item_count":1,"content_type":"${CONTENT_TYPE}"}\n${JSON.stringify({ items: [metricOf()] })}`;
    expect(read(bare, { foreign: true }).metrics).toHaveLength(1);
  });
});

describe("readEnvelope throws for", () => {
  const item = JSON.stringify({ type: "trace_metric", item_count: 1, content_type: CONTENT_TYPE });
  const withRaw = (metric: string): string =>
    `${JSON.stringify(headersOf())}\n${item}\n{"version":2,"items":[${metric}]}`;
  const container = envelopeOf([metricOf()]).split("\n").slice(1).join("\n");

  test.each<[string, string, string]>([
    ["headers that are not JSON", "hello", "headers: must be JSON"],
    ["headers that are a list", "[]", "headers: must be an object"],
    ["an envelope without items", JSON.stringify(headersOf()), "must hold an item"],
    [
      "a blank line between items",
      `${envelopeOf([metricOf()])}\n\n`,
      "item[1].header: must be JSON",
    ],
    ["a second container", `${envelopeOf([metricOf()])}\n${container}`, "at most one trace_metric"],
    ["a wrong length", envelopeOf([metricOf()], {}, { length: 3 }), "must be the payload's bytes"],
    ["a DSC", envelopeOf([metricOf()], { trace: {} }), "headers.trace: must be absent"],
    ["a missing sent_at", envelopeOf([metricOf()], { sent_at: undefined }), "headers.sent_at"],
    [
      "a sent_at with an offset",
      envelopeOf([metricOf()], { sent_at: "2026-01-01T00:00:00+01:00" }),
      "RFC 3339",
    ],
    ["a missing sdk", envelopeOf([metricOf()], { sdk: undefined }), "headers.sdk"],
    [
      "a wrong content type",
      envelopeOf([metricOf()], {}, { content_type: "application/json" }),
      "content_type",
    ],
    [
      "a wrong item_count",
      envelopeOf([metricOf()], {}, { item_count: 2 }),
      "item_count: must be 1, not 2",
    ],
    [
      "another version",
      envelopeOf([metricOf()], {}, {}, { version: 1 }),
      "version: must be one of 2",
    ],
    [
      "unknown settings",
      envelopeOf([metricOf()], {}, {}, { ingest_settings: { a: 1 } }),
      "ingest_settings.a",
    ],
    [
      "an invalid setting",
      envelopeOf(
        [metricOf()],
        {},
        {},
        { ingest_settings: { infer_ip: "yes", infer_user_agent: "auto" } },
      ),
      "infer_ip: must be one of auto, never",
    ],
    ["an empty container", envelopeOf([]), "must be a list of metrics"],
    ["a key that occurs twice", withRaw('{"name":"a","name":"b"}'), 'has the key "name" twice'],
    ["a lone surrogate", withRaw(JSON.stringify(metricOf({ name: "\ud800" }))), "lone surrogate"],
  ])("%s", (_label, text, rule) => {
    expect(() => read(text)).toThrow(rule);
  });

  test("bytes that are not UTF-8", () => {
    expect(() => readEnvelope(Uint8Array.of(0x7b, 0xff, 0x7d))).toThrow("headers: must be UTF-8");
  });

  test("a container above 12 MiB", () => {
    const big = metricOf({ unit: "x".repeat(12 * 1024 * 1024) });
    expect(() => read(envelopeOf([big]))).toThrow("must be at most 12 MiB");
  });

  test("metrics above the limits that a test sets", () => {
    const text = envelopeOf([metricOf()]);
    expect(() => read(text, { maxMetricBytes: 20 })).toThrow("weighs 34 bytes, more than 20");
    expect(() => read(text, { maxAverageBytes: 100 })).toThrow("bytes a metric on average");
    expect(read(text, { maxMetricBytes: 34, maxAverageBytes: 2048 }).metrics).toHaveLength(1);
  });

  test.each<[string, object, string]>([
    ["without a name", { name: undefined }, "name: must be a string"],
    ["with a blank name", { name: " \t" }, "name: must not be blank"],
    ["of an unknown type", { type: "set" }, "type: must be one of"],
    ["whose value is null", { value: null }, "value: must be a finite number, not null"],
    ["whose value is text", { value: "1" }, "value: must be a finite number"],
    ["in milliseconds", { timestamp: 1767225600250 }, "timestamp: must be seconds"],
    ["without a timestamp", { timestamp: undefined }, "timestamp: must be a finite number"],
    ["without a trace", { trace_id: undefined }, "trace_id: must be a string"],
    ["with an empty trace", { trace_id: "" }, "trace_id: must be 32"],
    ["with an upper-case trace", { trace_id: "4BF92F3577B34DA6A3CE929D0E0E4736" }, "lower-case"],
    ["with a zero trace", { trace_id: "0".repeat(32) }, "not all zero"],
    ["with a short span", { span_id: "00f067aa" }, "span_id: must be 16"],
    ["with an unknown field", { tags: {} }, "tags: is not a known field"],
    ["with a __header", { __header: { byte_size: 1 } }, "must not carry a __header"],
    ["with attributes in a list", { attributes: [] }, "attributes: must be an object"],
  ])("a metric %s", (_label, changes, rule) => {
    expect(() => read(envelopeOf([metricOf(changes)]))).toThrow(`trace_metric.items[0]`);
    expect(() => read(envelopeOf([metricOf(changes)]))).toThrow(rule);
  });

  test.each<[string, unknown, string]>([
    ["without a type", { value: 1 }, ".type: must be one of"],
    ["of an unknown type", { type: "object", value: {} }, ".type: must be one of"],
    ["without a type and value", "x", "must be an object"],
    ["with an unknown field", { type: "string", value: "x", unit: "none" }, "unit: is not a known"],
    ["whose text is a number", { type: "string", value: 1 }, "must be a string, not 1"],
    ["whose integer is a fraction", { type: "integer", value: 1.5 }, "64 bit integer"],
    ["whose integer is 2^63", { type: "integer", value: 2 ** 63 }, "64 bit integer"],
    ["whose double is null", { type: "double", value: null }, "finite number"],
    ["whose array is mixed", { type: "array", value: [1, "a"] }, "one kind of value"],
    ["whose array is nested", { type: "array", value: [[1]] }, "must be one of string, number"],
    ["whose array holds null", { type: "array", value: [null] }, "must be one of string, number"],
  ])("an attribute %s", (_label, attribute, rule) => {
    const metric = metricOf({ attributes: { key: attribute } });
    expect(() => read(envelopeOf([metric]))).toThrow(rule);
  });

  test.each<[string, object, string]>([
    [
      "a negative sequence",
      { "sentry.timestamp.sequence": { type: "integer", value: -1 } },
      "from 0 up",
    ],
    [
      "a sample rate of 0",
      { "sentry.client_sample_rate": { type: "double", value: 0 } },
      "above 0",
    ],
    [
      "a sample rate above 1",
      { "sentry.client_sample_rate": { type: "double", value: 2 } },
      "at most 1",
    ],
  ])("%s", (_label, attributes, rule) => {
    expect(() => read(envelopeOf([metricOf({ attributes })]))).toThrow(rule);
  });

  const line = { reason: "invalid", category: "trace_metric", quantity: 1 };
  test.each<[string, unknown, string]>([
    ["without losses", { discarded_events: [] }, "must be a list"],
    [
      "of an unknown reason",
      { discarded_events: [{ ...line, reason: "callback_error" }] },
      "reason",
    ],
    ["of an odd category", { discarded_events: [{ ...line, category: "A B" }] }, "category"],
    ["with a quantity of 0", { discarded_events: [{ ...line, quantity: 0 }] }, "positive integer"],
    [
      "with a fraction as quantity",
      { discarded_events: [{ ...line, quantity: 1.5 }] },
      "positive integer",
    ],
    ["with two lines for a reason", { discarded_events: [line, line] }, "one line for a reason"],
    [
      "in milliseconds",
      { timestamp: 1767225600250, discarded_events: [line] },
      "seconds or an ISO",
    ],
    [
      "that is too large",
      { discarded_events: [line], pad: "x".repeat(4096) },
      "at most 4096 bytes",
    ],
  ])("a client report %s", (_label, report, rule) => {
    expect(() => read(reportOf(report))).toThrow(rule);
  });
});
