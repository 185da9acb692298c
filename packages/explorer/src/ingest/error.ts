import { stringifyJson } from "../json.js";
import type { Row } from "../store/row.js";
import { readPlainAttributes } from "./attributes.js";
import { defaultsOf } from "./event-defaults.js";
import { readSpanId, readTraceId } from "./ids.js";
import { asArray, asObject, asText, type JsonObject } from "./json.js";
import { rowOf, type Origin } from "./origin.js";
import { toNanos } from "./time.js";

/** An error, or a message captured as an event. */
export function readError(event: JsonObject, origin: Origin): Row {
  const trace = asObject(asObject(event["contexts"])["trace"]);
  const time = toNanos(event["timestamp"]);
  return {
    ...rowOf(origin),
    kind: "error",
    name: titleOf(event),
    level: asText(event["level"]) ?? "error",
    traceId: readTraceId(trace["trace_id"]),
    spanId: readSpanId(trace["span_id"]),
    timeNs: time === undefined ? origin.receivedNs : time + origin.driftNs,
    attributes: readPlainAttributes(defaultsOf(event), event["tags"]),
    detail: detailOf(event),
  };
}

/** SDKs list the causes first: the last exception is the one that was caught. */
function titleOf(event: JsonObject): string {
  const exception = asObject(asArray(asObject(event["exception"])["values"]).at(-1));
  const title = [exception["type"], exception["value"]].filter((part) => typeof part === "string");
  if (title.length > 0) return title.join(": ");
  const entry = asObject(event["logentry"]);
  return (
    asText(event["message"]) ??
    asText(entry["formatted"]) ??
    asText(entry["message"]) ??
    "(error without a message)"
  );
}

const MAX_DETAIL = 256 * 1024;

/** The event as it came, without the lists that repeat in every one of them. */
function detailOf(event: JsonObject): JsonObject {
  const { modules: _modules, sdk: _sdk, ...detail } = event;
  if (stringifyJson(detail).length <= MAX_DETAIL) return detail;
  return { event_id: event["event_id"], truncated: `The event is larger than ${MAX_DETAIL} bytes` };
}
