import type { Row } from "../store/row.js";
import { readAttributes } from "./attributes.js";
import { readSpanId, readTraceId } from "./ids.js";
import { asObject, asText } from "./json.js";
import { rowOf, type Origin } from "./origin.js";
import { toNanos } from "./time.js";

export function readLog(entry: unknown, origin: Origin): Row {
  const log = asObject(entry);
  const { attributes } = readAttributes(log["attributes"]);
  const time = toNanos(log["timestamp"]);
  return {
    ...rowOf(origin),
    kind: "log",
    name: asText(log["body"]) ?? "",
    level: asText(log["level"]) ?? "info",
    traceId: readTraceId(log["trace_id"]),
    // SDKs from before the field existed name the span in an attribute.
    spanId: readSpanId(log["span_id"]) ?? readSpanId(attributes["sentry.trace.parent_span_id"]),
    timeNs: time === undefined ? origin.receivedNs : time + origin.driftNs,
    attributes,
  };
}
