import type { Envelope } from "../contract/transport.js";
import type { Waiting } from "../contract/pending-metric.js";
import type { World } from "../engine/engine.js";
import { encodeMetrics } from "./container.js";

/**
 * Makes an envelope of as many of the given metrics as fit, and of the losses a client report tells.
 * Metrics of different traces share an envelope, which therefore carries no trace header (wire.md 1.3).
 */
export function encode(
  world: World,
  metrics: readonly Waiting[],
  losses: readonly object[],
  /** The most bytes the container may have. */
  maxBytes: number,
): readonly [envelope: Envelope, count: number, bytes: number] {
  world.refreshSettings();
  const { settings, sdk } = world;
  const items: [object, unknown][] = [];
  // Asks Relay to fill in the browser and the IP address, or not to; servers say nothing (wire.md 1.3).
  const infer = settings.sendDefaultPii ? "auto" : "never";
  const ingest_settings = world.ingestSettings
    ? { infer_ip: infer, infer_user_agent: infer }
    : undefined;
  const [payload, item_count, bytes] = (world.encodeMetrics ?? encodeMetrics)(
    metrics,
    JSON.stringify({ version: 2, ingest_settings }).slice(0, -1),
    maxBytes,
    world.encodeUtf8,
  );
  const content_type = "application/vnd.sentry.items.trace-metric+json";
  if (item_count) items.push([{ type: "trace_metric", item_count, content_type }, payload]);
  if (losses.length)
    items.push([
      { type: "client_report" },
      { timestamp: world.now() / 1000, discarded_events: losses },
    ]);
  // Only a tunnel's server routes by the DSN (wire.md 2.2). Old ones carry a secret key behind the
  // public one, which is not for tunnels to see.
  const dsn = settings.tunnel && settings.dsn?.trim().replace(/:[^:/@]*@/, "@");
  // `sent_at`, written right at sending, is what Relay corrects the clock's drift by (wire.md 3.6).
  return [
    [{ sent_at: new Date(world.now()).toISOString(), sdk, dsn }, items],
    item_count,
    item_count && bytes,
  ];
}
