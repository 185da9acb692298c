import type { ReceivedItem } from "../../model/received-item.js";
import { MAX_ENTRIES } from "../limits.js";
import { asArray, asObject, asText, readCount, type JsonObject } from "../fields/json.js";
import { baseItem, type Origin } from "../envelope/origin.js";
import { toNanos } from "../fields/time.js";

/** Reads a client report: one received item for each reason and category. */
export function readClientReport(report: JsonObject, origin: Origin): ReceivedItem[] {
  const timeNs = toNanos(report["timestamp"]) ?? origin.receivedNs;
  const losses = asArray(report["discarded_events"]).slice(0, MAX_ENTRIES);
  return losses.map((entry) => {
    const lost = asObject(entry);
    return {
      ...baseItem(origin),
      kind: "report",
      timeNs,
      name: asText(lost["reason"]) ?? "unknown",
      type: asText(lost["category"]) ?? "unknown",
      value: readCount(lost["quantity"]) ?? 0,
    };
  });
}
