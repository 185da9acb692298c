import { Buffer } from "node:buffer";
import { TextDecoder } from "node:util";
import type { Transport } from "@spanmeter/core";
import { isBytes } from "../../runtime/is-bytes.js";

type Envelope = Parameters<Transport["send"]>[0];

/** One envelope as one line of JSON, line break included. */
export function envelopeLine(envelope: Envelope): string {
  const [headers, items] = envelope;
  const parts = (items as readonly (readonly [object, unknown])[]).map(([itemHeaders, payload]) => {
    const content = asJson(payload) ?? `"base64":${JSON.stringify(asBase64(payload))}`;
    return `{"headers":${JSON.stringify(itemHeaders)},${content}}`;
  });
  return `{"headers":${JSON.stringify(headers)},"items":[${parts.join(",")}]}\n`;
}

/** Text that is JSON already is taken as it is, unless its line breaks would end the line. */
function asJson(payload: unknown): string | undefined {
  if (typeof payload !== "string" && !isBytes(payload))
    return `"payload":${JSON.stringify(payload) ?? "null"}`;
  try {
    const text = typeof payload === "string" ? payload : decodeUtf8(payload);
    const value: unknown = JSON.parse(text);
    return `"payload":${/[\r\n]/.test(text) ? JSON.stringify(value) : text}`;
  } catch {
    return undefined;
  }
}

function asBase64(payload: unknown): string {
  return Buffer.from(payload as string | Uint8Array).toString("base64");
}

function decodeUtf8(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}
