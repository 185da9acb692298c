import { stringifyJson } from "../../model/json.js";
import type { ReceivedItem } from "../../model/received-item.js";
import { readPlainAttributes } from "../fields/attributes.js";
import { defaultsOf } from "./event-defaults.js";
import { readEvent } from "./event.js";
import { readSpanId, readTraceId } from "../fields/ids.js";
import { asArray, asObject, asText, type JsonObject } from "../fields/json.js";
import { textOrJson, readLevel } from "../fields/coerce.js";
import { messageOf } from "./message.js";
import { baseItem, type Origin } from "../envelope/origin.js";
import { toNanos } from "../fields/time.js";

/** Reads an event: an error, or a message. */
export function readError(payload: JsonObject, origin: Origin): ReceivedItem {
  const event = readEvent(payload);
  const trace = asObject(asObject(event["contexts"])["trace"]);
  const time = toNanos(event["timestamp"]);
  return {
    ...baseItem(origin),
    kind: "error",
    name: titleOf(event),
    level: readLevel(event["level"]),
    traceId: readTraceId(trace["trace_id"]),
    spanId: readSpanId(trace["span_id"]),
    timeNs: time === undefined ? origin.receivedNs : time + origin.driftNs,
    attributes: readPlainAttributes(defaultsOf(event), event["tags"]),
    detail: detailOf(event),
  };
}

/** The title is of the last exception, which was caught; SDKs list its causes before it. */
function titleOf(event: JsonObject): string {
  const exception = asObject(asArray(asObject(event["exception"])["values"]).at(-1));
  const parts = [asText(exception["type"]), textOrJson(exception["value"]) || undefined];
  const title = parts.filter((part) => part !== undefined).join(": ");
  return title || messageOf(asObject(event["logentry"])) || "(error without a message)";
}

const MAX_DETAIL = 256 * 1024;

/** Returns the event without the lists that are equal in every event. */
function detailOf(event: JsonObject): JsonObject {
  const { modules: _modules, sdk: _sdk, ...detail } = event;
  if (stringifyJson(detail).length <= MAX_DETAIL) return detail;
  return { event_id: event["event_id"], truncated: `The event is larger than ${MAX_DETAIL} bytes` };
}
