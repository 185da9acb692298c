import type { EncodeMetrics, Waiting } from "../waiting.js";

/** Encodes by `JSON.stringify`: small, for pages. */
export const encodeMetrics: EncodeMetrics = (metrics, head, maxBytes, encodeUtf8) => {
  // Only as many as may fit are turned into text, however many wait.
  const items: string[] = [];
  let length = 0;
  for (const metric of metrics) {
    const item = JSON.stringify(toItem(metric));
    length += item.length;
    if (items.length > 0 && length > maxBytes) break;
    items.push(item);
  }
  for (;;) {
    const payload = mendSurrogates(`${head},"items":[${items.join()}]}`);
    const bytes = encodeUtf8(payload).length;
    if (bytes <= maxBytes || items.length < 2) return [payload, items.length, bytes];
    // Text that is not ASCII takes more bytes; metrics of one batch are of similar size.
    items.splice(Math.max(1, (items.length * maxBytes * 0.95) / bytes));
  }
};

/** One metric as wire.md 1.3 lists its fields; members that are `undefined` are left out. */
function toItem(metric: Waiting): object {
  const attributes: Record<string, unknown> = {
    ...metric.base,
    ...metric.attributes,
    "sentry.timestamp.sequence": metric.sequence,
  };
  // Each key exists already, so that nothing but it is assigned.
  for (const key of Object.keys(attributes)) attributes[key] = typed(attributes[key]);
  return {
    timestamp: metric.time / 1000,
    trace_id: metric.trace.traceId,
    span_id: metric.trace.spanId,
    name: metric.name,
    type: metric.type,
    unit: metric.unit,
    value: metric.value,
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
const mendSurrogates = (json: string): string =>
  json.replace(/\\\\|\\ud.../g, (escape) => (escape[1] === "u" ? "\\ufffd" : escape));
