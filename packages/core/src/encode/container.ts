import type { EncodeMetrics } from "../contract/encoder.js";
import type { AttributeMap } from "../contract/metric.js";
import type { PendingMetric } from "../contract/pending-metric.js";

/** Encodes by `JSON.stringify`: small, for pages. */
export const encodeMetrics: EncodeMetrics = (metrics, head, maxBytes, encodeUtf8) => {
  const start = `${head},"items":[`;
  const items: string[] = [];
  const write = createWrite();
  // Two brackets end it, and its first item needs no comma.
  let bytes = start.length + 1;
  for (const metric of metrics) {
    const item = replaceSurrogates(write(metric));
    const more = (/[^\0-\x7f]/.test(item) ? encodeUtf8(item).length : item.length) + 1;
    if (items.length && bytes + more > maxBytes) break;
    items.push(item);
    bytes += more;
  }
  return { payload: `${start}${items.join()}]}`, count: items.length, bytes };
};

/**
 * Makes a function that writes a metric as docs/protocol.md#metric-payload lists its fields. Text by text, which takes
 * a sixth of the time of making an object first; members that are `undefined` are left out.
 */
function createWrite(): (metric: PendingMetric) => string {
  let shared: AttributeMap | undefined;
  let sharedText = "";

  return function write({ series, sharedAttributes, time, trace, value, sequence }) {
    if (sharedAttributes !== shared) sharedText = textOf((shared = sharedAttributes));
    const { name, type, unit } = series.instrument;
    const own = { ...series.attributes, [SEQUENCE]: sequence };
    const head = JSON.stringify({
      timestamp: time / 1000,
      trace_id: trace.traceId,
      span_id: trace.spanId,
      name,
      type,
      unit,
      value,
    });
    // An object has whole numbers first, and a key that is in both maps in its first place.
    const isOrdered = Object.keys(own).every(
      (key) => !(key in sharedAttributes || /^\d+$/.test(key)),
    );
    const attributes = isOrdered
      ? sharedText + textOf(own)
      : textOf({ ...sharedAttributes, ...own });
    return `${head.slice(0, -1)},"attributes":{${attributes.slice(0, -1)}}}`;
  };
}

/** Attributes as JSON, each with a comma after it. */
function textOf(attributes: AttributeMap): string {
  let text = "";
  for (const key of Object.keys(attributes))
    text += `${JSON.stringify(key)}:${JSON.stringify(typed(attributes[key]))},`;
  return text;
}

const SEQUENCE = "sentry.timestamp.sequence";

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
