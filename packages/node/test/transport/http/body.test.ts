import { serializeEnvelope } from "@spanmeter/core";
import type { Envelope } from "@spanmeter/core";
import { expect, test } from "vitest";
import { borrow, HEADROOM, lend } from "../../../src/runtime/buffer-pool.js";
import { bodyOf } from "../../../src/transport/http/body.js";

const encodeUtf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const TYPE = { type: "trace_metric", item_count: 1 };

/** A payload as the encoder returns it, with room for `after` bytes behind it. */
function payloadOf(json: string, after = 500): Uint8Array {
  const memory = borrow(4096);
  const end = memory.bytes.length - after;
  memory.bytes.set(encodeUtf8(json.padStart(end - HEADROOM)), HEADROOM);
  return lend(memory, end);
}

const report: [object, unknown] = [{ type: "client_report" }, { discarded_events: [] }];

test.for<[string, Envelope]>([
  ["metrics alone", [{ sdk: {} }, [[TYPE, payloadOf('{"items":[]}')]]]],
  ["metrics and a report", [{ sdk: {} }, [[TYPE, payloadOf('{"items":[]}')], report]]],
  [
    "a report that is text",
    [
      {},
      [
        [TYPE, payloadOf("{}")],
        [report[0], "{}"],
      ],
    ],
  ],
  ["a report there is no room for", [{}, [[TYPE, payloadOf("{}", 5)], report]]],
  ["long headers", [{ dsn: "x".repeat(600) }, [[TYPE, payloadOf("{}")]]]],
  ["a report alone", [{ sdk: {} }, [report]]],
  ["metrics that are text", [{}, [[TYPE, '{"items":[]}'], report]]],
  ["bytes from outside of the pool", [{}, [[TYPE, encodeUtf8("{}").subarray(1)], report]]],
  ["nothing", [{ sdk: {} }, []]],
])("the body of %s is its serialised envelope", ([, envelope]) => {
  const expected = text(serializeEnvelope(envelope, encodeUtf8));
  expect(text(bodyOf(envelope))).toBe(expected);
  // The payload did not change, and the envelope can be sent again.
  expect(text(serializeEnvelope(envelope, encodeUtf8))).toBe(expected);
  expect(text(bodyOf(envelope))).toBe(expected);
});

test("metrics are not copied into a body", () => {
  const payload = payloadOf('{"items":[]}');
  expect(bodyOf([{}, [[TYPE, payload]]]).buffer).toBe(payload.buffer);
});
