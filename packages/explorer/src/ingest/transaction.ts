import type { Row } from "../store/row.js";
import { readPlainAttributes } from "./attributes.js";
import { MAX_ENTRIES } from "./bounds.js";
import { defaultsOf } from "./event-defaults.js";
import { readEvent } from "./event.js";
import { asArray, asObject, asText, type JsonObject } from "./json.js";
import type { Origin } from "./origin.js";
import { readPlainSpan } from "./span.js";

/** A transaction is its root span and the spans it carries. */
export function readTransaction(payload: JsonObject, origin: Origin): Row[] {
  const event = readEvent(payload);
  const trace = asObject(asObject(event["contexts"])["trace"]);
  const root = readPlainSpan(
    { ...trace, start_timestamp: event["start_timestamp"], timestamp: event["timestamp"] },
    origin,
  );
  const transaction: Row = {
    ...root,
    kind: "transaction",
    name: asText(event["transaction"]) ?? root.name,
    attributes: readPlainAttributes(defaultsOf(event), event["tags"], trace["data"]),
    detail: { event_id: event["event_id"], measurements: event["measurements"] },
  };
  const spans = asArray(event["spans"]).slice(0, MAX_ENTRIES);
  return [transaction, ...spans.map((span) => readPlainSpan(span, origin))];
}
