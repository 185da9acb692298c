import { serializeEnvelope } from "@spanmeter/core";
import type { Envelope } from "@spanmeter/core";
import { widen } from "../../runtime/buffer-pool.js";
import { isBytes } from "../../runtime/is-bytes.js";
import { exit } from "../../runtime/node-runtime.js";

/**
 * The bytes of an envelope, written around its first payload where that has room around it: metrics
 * are most of what is sent, and need not be copied once more. The payload itself stays as it is.
 */
export function bodyOf(envelope: Envelope): Uint8Array {
  const [headers, [first, ...others]] = envelope;
  if (!first || !isBytes(first[1])) return bytesOf(envelope);
  const [itemHeaders, payload] = first as [object, Uint8Array];
  try {
    const head = exit.encodeUtf8(`${JSON.stringify(headers)}\n${JSON.stringify(itemHeaders)}\n`);
    const tail = others.length > 0 ? linesOf(others) : NOTHING;
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

const NOTHING = new Uint8Array(0);

/** An envelope without headers is two brackets, and then its items. */
const linesOf = (items: Envelope[1]): Uint8Array =>
  serializeEnvelope([{}, items], exit.encodeUtf8).subarray("{}".length);

/** The bytes of an envelope, whatever `toJSON` somebody has put on the prototypes of objects and arrays. */
export function bytesOf(envelope: Envelope): Uint8Array {
  try {
    return serializeEnvelope(envelope, exit.encodeUtf8);
  } catch {
    const [headers, items] = envelope;
    const plain = items.map(([itemHeaders, payload]): Envelope[1][number] => [
      withoutToJson(itemHeaders) as object,
      withoutToJson(payload),
    ]);
    return serializeEnvelope([withoutToJson(headers) as object, plain], exit.encodeUtf8);
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
