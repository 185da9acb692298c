import type { Waiting } from "../waiting.js";
import type { World } from "../world.js";

/** The payload of one `trace_metric` item, and how many metrics it holds: the first of those given. */
export type Container = readonly [payload: Uint8Array, count: number];

/** Encodes as many of the given metrics, at least one if there is one, as fit into an envelope of the platform. */
export function encodeContainer(world: World, metrics: readonly Waiting[]): Container {
  // Asks Relay to fill in the browser and the IP address, or not to; servers say nothing (wire.md 1.3).
  const infer = world.settings.sendDefaultPii ? "auto" : "never";
  const ingest_settings = world.ingestSettings
    ? { infer_ip: infer, infer_user_agent: infer }
    : undefined;
  // Only as many as may fit are turned into text, however many wait.
  const items: string[] = [];
  let length = 0;
  for (const metric of metrics) {
    const item = JSON.stringify(toItem(metric));
    length += item.length;
    if (items.length > 0 && length > world.maxEnvelopeBytes) break;
    items.push(item);
  }
  const head = JSON.stringify({ version: 2, ingest_settings }).slice(0, -1);
  for (;;) {
    const payload = world.encodeUtf8(mendSurrogates(`${head},"items":[${items.join()}]}`));
    if (payload.length <= world.maxEnvelopeBytes || items.length < 2)
      return [payload, items.length];
    // Text that is not ASCII takes more bytes; metrics of one batch are of similar size.
    items.splice(Math.max(1, (items.length * world.maxEnvelopeBytes * 0.95) / payload.length));
  }
}

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
