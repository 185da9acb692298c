import type { ReceivedItem } from "../../model/received-item.js";
import { readAttributes } from "../fields/attributes.js";
import { readSpanId, readTraceId } from "../fields/ids.js";
import { asObject, asText } from "../fields/json.js";
import { baseItem, type Origin } from "../envelope/origin.js";
import { toNanos } from "../fields/time.js";

/** Reads one entry of a log container. */
export function readLog(entry: unknown, origin: Origin): ReceivedItem {
  const log = asObject(entry);
  const { attributes } = readAttributes(log["attributes"]);
  const time = toNanos(log["timestamp"]);
  return {
    ...baseItem(origin),
    kind: "log",
    name: asText(log["body"]) ?? "",
    level: asText(log["level"]) ?? "info",
    traceId: readTraceId(log["trace_id"]),
    // SDKs from before this field have the span id in an attribute.
    spanId: readSpanId(log["span_id"]) ?? readSpanId(attributes["sentry.trace.parent_span_id"]),
    timeNs: time === undefined ? origin.receivedNs : time + origin.driftNs,
    attributes,
  };
}
