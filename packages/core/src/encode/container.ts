import type { EncodeMetrics } from "../contract/encoder.js";
import type { AttributeMap } from "../contract/metric.js";
import type { PendingMetric } from "../contract/pending-metric.js";
import { byteLength } from "../engine/size.js";

/** Encodes text by text: small, for pages, and faster than making objects for `JSON.stringify` first. */
export const encodeMetrics: EncodeMetrics = (metrics, head, maxBytes, encodeUtf8) => {
  let payload = `${head},"items":[`;
  let count = 0;
  // Two brackets end it, and its first item needs no comma.
  let bytes = payload.length + 1;
  for (const metric of metrics) {
    const item = replaceSurrogates(write(metric));
    const more = byteLength(item, encodeUtf8) + 1;
    if (count && bytes + more > maxBytes) break;
    payload += count++ ? `,${item}` : item;
    bytes += more;
  }
  return { payload: `${payload}]}`, count, bytes };
};

const SEQUENCE = "sentry.timestamp.sequence";

/** Writes a metric as docs/protocol.md#metric-payload lists its fields. */
function write(metric: PendingMetric): string {
  const { series, sharedAttributes, time, trace, value, sequence } = metric;
  const { name, type, unit } = series.instrument;
  const head = JSON.stringify({
    timestamp: time / 1000,
    trace_id: trace.traceId,
    span_id: trace.spanId,
    name,
    type,
    unit,
    value,
  });
  const attributes = { ...sharedAttributes, ...series.attributes, [SEQUENCE]: sequence };
  return `${head.slice(0, -1)},"attributes":{${textOf(attributes).slice(0, -1)}}}`;
}

/** Attributes as JSON, each with a comma after it. */
function textOf(attributes: AttributeMap): string {
  let text = "";
  for (const key of Object.keys(attributes)) {
    const value = attributes[key];
    text += `${JSON.stringify(key)}:{"value":${JSON.stringify(value)},"type":"${typeOf(value)}"},`;
  }
  return text;
}

/** Whole numbers beyond 2^53 are doubles: they were never exact, and may not fit into 64 bits. */
function typeOf(value: unknown): string {
  if (typeof value === "number") return Number.isSafeInteger(value) ? "integer" : "double";
  return typeof value === "object" ? "array" : typeof value;
}

/**
 * JSON.stringify escapes a lone surrogate, and nothing else, as `\udxxx`; strict readers such as
 * Relay's refuse it and with it the whole container. The first branch steps over escaped backslashes.
 */
const replaceSurrogates = (json: string): string =>
  json.includes("\\")
    ? json.replace(/\\\\|\\ud.../g, (escape) => (escape[2] ? "\\ufffd" : escape))
    : json;
