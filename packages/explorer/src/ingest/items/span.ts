import type { ReceivedItem } from "../../model/received-item.js";
import { readAttributes, readPlainAttributes } from "../fields/attributes.js";
import { readSpanId, readTraceId } from "../fields/ids.js";
import { asObject, asText, type JsonObject } from "../fields/json.js";
import { createValidation } from "../validation.js";
import { baseItem, type Origin } from "../envelope/origin.js";
import { toNanos } from "../fields/time.js";

/** Reads one entry of a span container, as SDKs stream them. */
export function readSpan(entry: unknown, origin: Origin): ReceivedItem {
  const span = asObject(entry);
  const { attributes } = readAttributes(span["attributes"]);
  return spanItem(span, origin, {
    name: asText(span["name"]),
    end: span["end_timestamp"],
    op: asText(attributes["sentry.op"]),
    attributes,
  });
}

/** Reads a span of a transaction, or a single span in the older format. */
export function readPlainSpan(entry: unknown, origin: Origin): ReceivedItem {
  const span = asObject(entry);
  return spanItem(span, origin, {
    name: asText(span["description"]),
    end: span["timestamp"],
    op: asText(span["op"]),
    attributes: readPlainAttributes(span["tags"], span["data"]),
  });
}

interface SpanParts extends Pick<ReceivedItem, "attributes" | "op"> {
  name: string | undefined;
  end: unknown;
}

function spanItem(span: JsonObject, origin: Origin, parts: SpanParts): ReceivedItem {
  const validation = createValidation();
  const traceId = readTraceId(span["trace_id"]);
  const spanId = readSpanId(span["span_id"]);
  const start = toNanos(span["start_timestamp"]);
  const end = toNanos(parts.end);
  if (traceId === undefined || spanId === undefined) {
    validation.dropped(
      "invalid_span_id",
      "A span needs a trace_id of 32 and a span_id of 16 hex digits",
    );
  }
  if (start === undefined || end === undefined || end < start) {
    validation.dropped(
      "invalid_timestamp",
      "A span needs a start and an end that is not before it",
    );
  }
  return {
    ...baseItem(origin),
    kind: "span",
    verdict: validation.verdict(),
    notes: validation.notes,
    traceId,
    spanId,
    parentSpanId: readSpanId(span["parent_span_id"]),
    name: parts.name ?? parts.op ?? "(unnamed span)",
    op: parts.op,
    status: asText(span["status"]),
    timeNs: (start ?? origin.receivedNs) + origin.driftNs,
    durationNs: start !== undefined && end !== undefined ? end - start : undefined,
    attributes: parts.attributes,
  };
}
