import type { Envelope } from "../transport-contract.js";

/**
 * An envelope as bytes: one line of JSON for each header, payloads as they are when they are text or
 * bytes already and as JSON otherwise (wire.md 2.1).
 */
export function serializeEnvelope(
  [headers, items]: Envelope,
  encodeUtf8: (text: string) => Uint8Array,
): Uint8Array {
  const parts = [encodeUtf8(JSON.stringify(headers))];
  for (const [itemHeaders, payload] of items) {
    parts.push(encodeUtf8(`\n${JSON.stringify(itemHeaders)}\n`));
    if (payload instanceof Uint8Array) parts.push(payload);
    else parts.push(encodeUtf8(typeof payload === "string" ? payload : JSON.stringify(payload)));
  }
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
