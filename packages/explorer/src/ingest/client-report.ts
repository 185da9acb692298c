import type { Row } from "../store/row.js";
import { MAX_ENTRIES } from "./bounds.js";
import { asArray, asObject, asText, readCount, type JsonObject } from "./json.js";
import { rowOf, type Origin } from "./origin.js";
import { toNanos } from "./time.js";

/** What an SDK says it lost itself: one row per reason and category. */
export function readClientReport(report: JsonObject, origin: Origin): Row[] {
  const timeNs = toNanos(report["timestamp"]) ?? origin.receivedNs;
  const losses = asArray(report["discarded_events"]).slice(0, MAX_ENTRIES);
  return losses.map((entry) => {
    const lost = asObject(entry);
    return {
      ...rowOf(origin),
      kind: "report",
      timeNs,
      name: asText(lost["reason"]) ?? "unknown",
      type: asText(lost["category"]) ?? "unknown",
      value: readCount(lost["quantity"]) ?? 0,
    };
  });
}
