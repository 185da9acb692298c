import { Buffer } from "node:buffer";
import { TextDecoder } from "node:util";
import type { Envelope } from "@spanmeter/core";
import { isBytes } from "../../runtime/is-bytes.js";

/** One envelope as one line of JSON, line break included. */
export function envelopeLine([headers, items]: Envelope): string {
  const parts = items.map(([itemHeaders, payload]) => {
    const content = asJson(payload) ?? `"base64":${JSON.stringify(asBase64(payload))}`;
    return `{"headers":${JSON.stringify(itemHeaders)},${content}}`;
  });
  return `{"headers":${JSON.stringify(headers)},"items":[${parts.join(",")}]}\n`;
}

/** Text that is already JSON does not change, unless its line breaks would end the line. */
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
