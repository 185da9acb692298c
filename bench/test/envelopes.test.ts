import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { envelopesEnd, metricsIn } from "../peers/envelopes.mjs";

const whole = {
  trace_id: "a".repeat(32),
  span_id: "b".repeat(16),
  value: 1,
  attributes: { route: { value: "/", type: "string" } },
};

function envelopeOf(...items: object[]): Buffer {
  const lines = [{ sent_at: "now" }, { type: "trace_metric" }, { items }];
  return Buffer.from(lines.map((line) => JSON.stringify(line)).join("\n"));
}

function endWith(item: object) {
  const end = envelopesEnd({ keys: ["route"], traced: true });
  end.take(envelopeOf(whole, item));
  return end;
}

test("the receiver counts the metrics of an envelope, compressed or not", async () => {
  expect(metricsIn(envelopeOf(whole, whole))).toHaveLength(2);
  expect(metricsIn(gzipSync(envelopeOf(whole, whole)))).toHaveLength(2);
  await expect(endWith(whole).arrived()).resolves.toBe(2);
});

test("items of other types are not counted", () => {
  const other = Buffer.from('{}\n{"type":"client_report"}\n{"items":[{}]}');
  expect(metricsIn(other)).toEqual([]);
});

test.for([
  ["attribute", { ...whole, attributes: {} }, "without route"],
  ["trace", { ...whole, trace_id: "" }, "no trace"],
  ["span", { ...whole, span_id: undefined }, "without its span"],
  ["value", { ...whole, value: null }, "without its value"],
] as const)("a metric without its %s fails the run", async ([, item, words]) => {
  await expect(endWith(item).arrived()).rejects.toThrow(words);
});
