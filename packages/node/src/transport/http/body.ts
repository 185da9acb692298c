import { serializeEnvelope } from "@spanmeter/core";
import type { Envelope } from "@spanmeter/core";
import { widen } from "../../runtime/buffer-pool.js";
import { isBytes } from "../../runtime/is-bytes.js";
import { nodeRuntime } from "../../runtime/node-runtime.js";

/**
 * The bytes of an envelope, written around its first payload where the buffer of that has room: metrics
 * are most of the bytes, and are not copied again. The payload itself does not change.
 */
export function bodyOf(envelope: Envelope): Uint8Array {
  const [headers, [first, ...others]] = envelope;
  if (!first || !isBytes(first[1])) return bytesOf(envelope);
  const [itemHeaders, payload] = first as [object, Uint8Array];
  try {
    const lines = `${JSON.stringify(headers)}\n${JSON.stringify(itemHeaders)}\n`;
    const head = nodeRuntime.encodeUtf8(lines);
    const tail = others.length > 0 ? linesOf(others) : NO_BYTES;
    const end = head.length + payload.length;
    const body = widen(payload, head.length, end + tail.length);
    if (!body) return bytesOf(envelope);
    body.set(head);
    body.set(tail, end);
    return body;
  } catch {
    return bytesOf(envelope);
  }
}

const NO_BYTES = new Uint8Array(0);

/** An envelope without headers is two brackets, and then its items. */
const linesOf = (items: Envelope[1]): Uint8Array =>
  serializeEnvelope([{}, items], nodeRuntime.encodeUtf8).subarray("{}".length);

/** The bytes of an envelope, even where somebody added a `toJSON` that throws to a prototype. */
export function bytesOf(envelope: Envelope): Uint8Array {
  try {
    return serializeEnvelope(envelope, nodeRuntime.encodeUtf8);
  } catch {
    const [headers, items] = envelope;
    const plain = items.map(([itemHeaders, payload]): Envelope[1][number] => [
      withoutToJson(itemHeaders) as object,
      withoutToJson(payload),
    ]);
    return serializeEnvelope([withoutToJson(headers) as object, plain], nodeRuntime.encodeUtf8);
  }
}

function withoutToJson(value: unknown): unknown {
  if (typeof value !== "object" || value === null || isBytes(value)) return value;
  if (Array.isArray(value))
    return Object.defineProperty(value.map(withoutToJson), "toJSON", { value: undefined });
  const copy = Object.create(null) as Record<string, unknown>;
  for (const [key, each] of Object.entries(value)) copy[key] = withoutToJson(each);
  return copy;
}
