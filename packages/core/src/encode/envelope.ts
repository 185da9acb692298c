import type { Envelope } from "../transport-contract.js";

/**
 * Makes an envelope of a metric container, of the losses a client report tells, or of both. Metrics of
 * different traces share an envelope, which therefore carries no trace header (wire.md 1.3).
 */
export type Wrap = (
  container: readonly [payload: Uint8Array, count: number] | undefined,
  losses: readonly object[],
) => Envelope;

export function createWrap(
  sdk: { readonly name: string; readonly version: string },
  /** Only with a tunnel, whose server routes by it (wire.md 2.2). */
  dsn: string | undefined,
  now: () => number,
): Wrap {
  return (container, discarded_events) => {
    const items: [object, unknown][] = [];
    if (container)
      items.push([
        {
          type: "trace_metric",
          item_count: container[1],
          content_type: "application/vnd.sentry.items.trace-metric+json",
        },
        container[0],
      ]);
    if (discarded_events.length > 0)
      items.push([{ type: "client_report" }, { timestamp: now() / 1000, discarded_events }]);
    // `sent_at`, written right at sending, is what Relay corrects the clock's drift by (wire.md 3.6).
    return [{ sent_at: new Date(now()).toISOString(), sdk, dsn }, items];
  };
}
