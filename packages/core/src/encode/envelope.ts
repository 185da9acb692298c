import type { Engine } from "../contract/engine.js";
import type { PendingMetric } from "../contract/pending-metric.js";
import type { Envelope } from "../contract/transport.js";
import { encodeMetrics } from "./container.js";

/**
 * Makes an envelope of as many of the given metrics as fit, and of the losses a client report tells.
 * Metrics of different traces share an envelope, which therefore carries no trace header
 * (docs/protocol.md#metrics-of-several-traces).
 */
export function encode(
  engine: Engine,
  metrics: readonly PendingMetric[],
  losses: readonly object[],
  /** The most bytes the container may have. */
  maxBytes: number,
): { envelope: Envelope; count: number; bytes: number } {
  engine.refreshSettings();
  const { settings, sdk, platform } = engine;
  const items: [object, unknown][] = [];
  // Asks Relay to fill in the browser and the IP address, or not to; servers say nothing
  // (docs/protocol.md#ingest-settings).
  const infer = settings.sendDefaultPii ? "auto" : "never";
  const ingest_settings = platform.ingestSettings
    ? { infer_ip: infer, infer_user_agent: infer }
    : undefined;
  const { payload, count, bytes } = (platform.encodeMetrics ?? encodeMetrics)(
    metrics,
    JSON.stringify({ version: 2, ingest_settings }).slice(0, -1),
    maxBytes,
    engine.encodeUtf8,
  );
  const content_type = "application/vnd.sentry.items.trace-metric+json";
  if (count) items.push([{ type: "trace_metric", item_count: count, content_type }, payload]);
  if (losses.length)
    items.push([
      { type: "client_report" },
      { timestamp: engine.now() / 1000, discarded_events: losses },
    ]);
  // Only a tunnel's server routes by the DSN (docs/protocol.md#endpoint-and-authentication). Old ones
  // carry a secret key behind the public one, which is not for tunnels to see.
  const dsn = settings.tunnel ? settings.dsn?.trim().replace(/:[^:/@]*@/, "@") : undefined;
  // `sent_at`, written right at sending, is what Relay corrects the clock's drift by
  // (docs/protocol.md#time).
  return {
    envelope: [{ sent_at: new Date(engine.now()).toISOString(), sdk, dsn }, items],
    count,
    bytes: count && bytes,
  };
}
