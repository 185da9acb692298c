import type { Envelope } from "@sentry/core";

/**
 * An envelope as bytes: one line of JSON for each header, payloads as they are when they are text or
 * bytes already and as JSON otherwise (wire.md 2.1).
 */
export function serializeEnvelope(
  envelope: Envelope,
  encodeUtf8: (text: string) => Uint8Array,
): Uint8Array {
  const parts: Uint8Array[] = [];
  let text = JSON.stringify(envelope[0]);
  for (const [headers, payload] of envelope[1] as Iterable<[object, unknown]>) {
    text += `\n${JSON.stringify(headers)}\n`;
    if (payload instanceof Uint8Array) {
      parts.push(encodeUtf8(text), payload);
      text = "";
    } else text += typeof payload === "string" ? payload : toJson(payload);
  }
  parts.push(encodeUtf8(`${text}\n`));
  return concat(parts);
}

/** Events of other SDKs may hold cycles; their repeated part is left out rather than the envelope. */
function toJson(payload: unknown): string {
  try {
    return JSON.stringify(payload);
  } catch {
    const above: unknown[] = [];
    return JSON.stringify(payload, function (this: unknown, _key, value: unknown) {
      while (above.length > 0 && above[above.length - 1] !== this) above.pop();
      if (typeof value === "bigint") return String(value);
      if (typeof value !== "object" || value === null) return value;
      if (above.includes(value)) return "[Circular]";
      above.push(value);
      return value;
    });
  }
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
