import type { IncomingMessage } from "node:http";
import { BrokenRule, must } from "../readers/broken-rule.js";
import { decodeBody } from "../readers/decode-body.js";
import type { EnvelopeRules } from "../readers/envelope-rules.js";
import { readEnvelope, type ReadEnvelope } from "../readers/read-envelope.js";
import type { ReadMetric } from "../readers/read-metrics.js";

/** One request that the server received. */
export interface IngestRequest {
  readonly method: string;
  readonly path: string;
  readonly query: { readonly [name: string]: string };
  readonly headers: IncomingMessage["headers"];
  /** The size of the body on the wire, in bytes. */
  readonly rawBytes: number;
  /** The decoded body, or empty if it cannot be decoded. */
  readonly body: Uint8Array;
  /** The envelope, absent if the body breaks a rule. */
  readonly envelope?: ReadEnvelope;
  readonly metrics: readonly ReadMetric[];
  /** The rule that is broken, if any. */
  readonly violation?: string;
  /** The client's port. Equal ports mean that a connection was reused. */
  readonly remotePort: number;
}

/** Reads a request. Returns `undefined` if the client closes the connection before its end. */
export async function readRequest(
  message: IncomingMessage,
  rules: EnvelopeRules,
): Promise<IngestRequest | undefined> {
  const raw = await readBody(message);
  if (!raw) return undefined;
  const url = new URL(message.url ?? "/", "http://localhost");
  const head = {
    method: message.method ?? "",
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: message.headers,
    rawBytes: raw.length,
    remotePort: message.socket.remotePort ?? 0,
  };
  if (head.method !== "POST") return { ...head, body: raw, metrics: [] };
  let body: Uint8Array = new Uint8Array();
  try {
    body = decodeBody(raw, message.headers["content-encoding"]);
    const envelope = readEnvelope(body, rules);
    checkAddress({ ...head, envelope });
    return { ...head, body, envelope, metrics: envelope.metrics };
  } catch (error) {
    return { ...head, body, metrics: [], violation: (error as Error).message };
  }
}

async function readBody(message: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of message) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  } catch {
    return undefined;
  }
}

const CONTENT_TYPES = [
  "application/x-sentry-envelope",
  "text/plain",
  "multipart/form-data",
  "application/x-www-form-urlencoded",
];

/**
 * Checks Relay's conditions for a request to its envelope endpoint
 * (docs/protocol.md#endpoint-and-authentication).
 */
function checkAddress(
  request: Pick<IngestRequest, "path" | "query" | "headers"> & { envelope: ReadEnvelope },
): void {
  const { path, query, headers, envelope } = request;
  const type = (headers["content-type"] ?? CONTENT_TYPES[0] ?? "").split(";")[0] ?? "";
  must(CONTENT_TYPES.includes(type), "request.content-type", `must not be "${type}"`);
  if (!/\/api\/[^/]+\/envelope\/$/.test(path)) {
    if (path.includes("/envelope")) throw new BrokenRule("request.path", `must not be "${path}"`);
    return;
  }
  const authorised =
    query["sentry_key"] ?? headers["x-sentry-auth"] ?? envelope.headers["dsn"] ?? undefined;
  must(authorised !== undefined, "request", "must carry a key");
  if (query["sentry_key"])
    must(query["sentry_version"] === "7", "request.query.sentry_version", "must be 7");
}
