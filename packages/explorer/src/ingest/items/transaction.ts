import type { ReceivedItem } from "../../model/received-item.js";
import { readPlainAttributes } from "../fields/attributes.js";
import { MAX_ENTRIES } from "../limits.js";
import { defaultsOf } from "./event-defaults.js";
import { readEvent } from "./event.js";
import { asArray, asObject, asText, type JsonObject } from "../fields/json.js";
import type { Origin } from "../envelope/origin.js";
import { readPlainSpan } from "./span.js";

/** Reads a transaction: its root span, and the spans in it. */
export function readTransaction(payload: JsonObject, origin: Origin): ReceivedItem[] {
  const event = readEvent(payload);
  const trace = asObject(asObject(event["contexts"])["trace"]);
  const root = readPlainSpan(
    { ...trace, start_timestamp: event["start_timestamp"], timestamp: event["timestamp"] },
    origin,
  );
  const transaction: ReceivedItem = {
    ...root,
    kind: "transaction",
    name: asText(event["transaction"]) ?? root.name,
    attributes: readPlainAttributes(defaultsOf(event), event["tags"], trace["data"]),
    detail: { event_id: event["event_id"], measurements: event["measurements"] },
  };
  const spans = asArray(event["spans"]).slice(0, MAX_ENTRIES);
  return [transaction, ...spans.map((span) => readPlainSpan(span, origin))];
}
