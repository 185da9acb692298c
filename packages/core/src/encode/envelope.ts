import type { Envelope } from "../transport-contract.js";
import type { Waiting } from "../waiting.js";
import type { World } from "../world.js";
import { encodeContainer } from "./container.js";

/**
 * Makes an envelope of as many of the given metrics as fit, and of the losses a client report tells.
 * Metrics of different traces share an envelope, which therefore carries no trace header (wire.md 1.3).
 */
export function encode(
  world: World,
  metrics: readonly Waiting[],
  discarded_events: readonly object[],
): readonly [envelope: Envelope, count: number, bytes: number] {
  const { settings, sdk } = world;
  const items: [object, unknown][] = [];
  const [payload, item_count] = encodeContainer(world, metrics);
  const content_type = "application/vnd.sentry.items.trace-metric+json";
  if (item_count) items.push([{ type: "trace_metric", item_count, content_type }, payload]);
  if (discarded_events.length)
    items.push([{ type: "client_report" }, { timestamp: world.now() / 1000, discarded_events }]);
  // Only a tunnel's server routes by the DSN (wire.md 2.2). Old ones carry a secret key behind the
  // public one, which is not for tunnels to see.
  const dsn = settings.tunnel && settings.dsn?.trim().replace(/:[^:/@]*@/, "@");
  // `sent_at`, written right at sending, is what Relay corrects the clock's drift by (wire.md 3.6).
  return [
    [{ sent_at: new Date(world.now()).toISOString(), sdk, dsn }, items],
    item_count,
    item_count && payload.length,
  ];
}
