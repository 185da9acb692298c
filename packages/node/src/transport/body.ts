import { serializeEnvelope } from "@spanmeter/core";
import type { Envelope } from "@spanmeter/core";
import { widen } from "../memory.js";
import { exit } from "./exit.js";

/**
 * The bytes of an envelope, written around its first payload where that has room around it: metrics
 * are most of what is sent, and need not be copied once more. The payload itself stays as it is.
 */
export function bodyOf(envelope: Envelope): Uint8Array {
  const [headers, [first, ...others]] = envelope;
  if (!(first?.[1] instanceof Uint8Array)) return serializeEnvelope(envelope, exit.encodeUtf8);
  const [itemHeaders, payload] = first as [object, Uint8Array];
  const head = exit.encodeUtf8(`${JSON.stringify(headers)}\n${JSON.stringify(itemHeaders)}\n`);
  const tail = others.length > 0 ? linesOf(others) : NOTHING;
  const end = head.length + payload.length;
  const body = widen(payload, head.length, end + tail.length);
  if (!body) return serializeEnvelope(envelope, exit.encodeUtf8);
  body.set(head);
  body.set(tail, end);
  return body;
}

const NOTHING = new Uint8Array(0);

/** An envelope without headers is two brackets, and then its items. */
const linesOf = (items: Envelope[1]): Uint8Array =>
  serializeEnvelope([{}, items], exit.encodeUtf8).subarray("{}".length);
