import { expect, test } from "vitest";
import { envelopeLine } from "../../../src/transport/local/envelope-line.js";

const line = (...payloads: unknown[]): string =>
  envelopeLine([
    { sent_at: "now" },
    payloads.map((payload) => [{ type: "trace_metric" }, payload]),
  ] as unknown as Parameters<typeof envelopeLine>[0]);

test("is one line of JSON with the headers and payloads of the envelope", () => {
  const text = line('{"version":2}', { a: "x\ny" });
  expect(text.match(/\n/g)).toHaveLength(1);
  expect(JSON.parse(text)).toEqual({
    headers: { sent_at: "now" },
    items: [
      { headers: { type: "trace_metric" }, payload: { version: 2 } },
      { headers: { type: "trace_metric" }, payload: { a: "x\ny" } },
    ],
  });
});

test("accepts encoded JSON, also over several lines", () => {
  const text = line(new TextEncoder().encode('{\n"a":\r\n1}'));
  expect(text.match(/\n/g)).toHaveLength(1);
  expect(JSON.parse(text).items[0].payload).toEqual({ a: 1 });
});

test("encodes a payload that is not JSON as base64", () => {
  const bytes = new Uint8Array([0xff, 0x00, 0x7b]);
  expect(JSON.parse(line(bytes)).items[0].base64).toBe(Buffer.from(bytes).toString("base64"));
  expect(JSON.parse(line("not json")).items[0].base64).toBe(
    Buffer.from("not json").toString("base64"),
  );
});
