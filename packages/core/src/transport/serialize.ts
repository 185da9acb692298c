import type { Envelope } from "../contract/transport.js";

/**
 * An envelope as bytes: one line of JSON for each header, payloads as they are when they are text or
 * bytes already and as JSON otherwise (docs/protocol.md#envelope-format).
 */
export function serializeEnvelope(
  [headers, items]: Envelope,
  encodeUtf8: (text: string) => Uint8Array,
): Uint8Array {
  const lines = [headers, ...items.flat()].map((line) => {
    // Bytes of another realm, as in jest with jsdom, are no instance of this one's `Uint8Array`.
    if (ArrayBuffer.isView(line)) return line as Uint8Array;
    return encodeUtf8(typeof line === "string" ? line : JSON.stringify(line));
  });
  // Full of newlines, between which the lines are put.
  const whole = new Uint8Array(lines.reduce((size, line) => size + line.length + 1, -1)).fill(10);
  let at = 0;
  for (const line of lines) {
    whole.set(line, at);
    at += line.length + 1;
  }
  return whole;
}
