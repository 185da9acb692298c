import { randomUUID } from "node:crypto";
import { stringifyJson } from "../../model/json.js";
import type { Envelope } from "./envelope.js";
import { readUuid } from "../fields/ids.js";
import { asObject, parseObject, READABLE } from "../fields/json.js";
import { replaceNonFinite } from "./non-finite.js";
import { refuse, type Refusal } from "../refusal.js";

/** The sender of an event to the `store` endpoint. */
export interface Sender {
  /** Project id from the URL. */
  project: string | undefined;
  /** `sentry_client` of its authentication, for example `raven-python/6.10.0`. */
  client: string | undefined;
}

/** Converts a single event to an envelope, as Relay does. */
export function envelopeOfEvent(body: Buffer, { client }: Sender): Envelope | Refusal {
  if (body.length === 0) return refuse(400, "The body is empty");
  // Only these SDKs write numbers that JSON does not have.
  const isPython = /^(?:raven|sentry)-python\//.test(client ?? "");
  const event = parseObject(isPython ? replaceNonFinite(body) : body);
  if (event === undefined) return refuse(400, `The event must be ${READABLE}`);
  const eventId = readUuid(event["event_id"]) ?? randomUUID().replaceAll("-", "");
  const type = event["type"] === "transaction" ? "transaction" : "event";
  const payload = Buffer.from(stringifyJson({ ...event, event_id: eventId }));
  const header = { event_id: eventId, sdk: sdkOf(event["sdk"], client) };
  return { ok: true, header, items: [{ header: { type }, type, payload }] };
}

function sdkOf(sdk: unknown, client = ""): { name: string; version?: string } {
  const { name, version } = asObject(sdk);
  if (typeof name !== "string") return { name: client };
  return typeof version === "string" ? { name, version } : { name };
}
