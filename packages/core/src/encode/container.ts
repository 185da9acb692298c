import type { EncodeMetrics } from "../contract/encoder.js";
import type { PendingMetric } from "../contract/pending-metric.js";

/** Encodes by `JSON.stringify`: small, for pages. */
export const encodeMetrics: EncodeMetrics = (metrics, head, maxBytes, encodeUtf8) => {
  const start = `${head},"items":[`;
  const items: string[] = [];
  // Two brackets end it, and its first item needs no comma.
  let bytes = start.length + 1;
  for (const metric of metrics) {
    const item = replaceSurrogates(JSON.stringify(toItem(metric)));
    const more = encodeUtf8(item).length + 1;
    if (items.length && bytes + more > maxBytes) break;
    items.push(item);
    bytes += more;
  }
  return { payload: `${start}${items.join()}]}`, count: items.length, bytes };
};

/**
 * One metric as docs/protocol.md#metric-payload lists its fields; members that are `undefined` are left
 * out.
 */
function toItem(metric: PendingMetric): object {
  const { series, time, trace, value, sequence } = metric;
  const { name, type, unit } = series.instrument;
  const attributes: Record<string, unknown> = {
    ...metric.sharedAttributes,
    ...series.attributes,
    "sentry.timestamp.sequence": sequence,
  };
  // Each key exists already, so that nothing but it is assigned.
  for (const key of Object.keys(attributes)) attributes[key] = typed(attributes[key]);
  return {
    timestamp: time / 1000,
    trace_id: trace.traceId,
    span_id: trace.spanId,
    name,
    type,
    unit,
    value,
    attributes,
  };
}

/** Whole numbers beyond 2^53 are doubles: they were never exact, and may not fit into 64 bits. */
function typed(value: unknown): object {
  const kind = typeof value;
  const number = Number.isSafeInteger(value) ? "integer" : "double";
  return { value, type: kind === "number" ? number : kind === "object" ? "array" : kind };
}

/**
 * JSON.stringify escapes a lone surrogate, and nothing else, as `\udxxx`; strict readers such as
 * Relay's refuse it and with it the whole container. The first branch steps over escaped backslashes.
 */
const replaceSurrogates = (json: string): string =>
  json.replace(/\\\\|\\ud.../g, (escape) => (escape[2] ? "\\ufffd" : escape));
