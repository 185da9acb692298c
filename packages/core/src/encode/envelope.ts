import type { Envelope } from "@sentry/core";

/** What an envelope is made with. */
export interface EnvelopeSettings {
  readonly sdk: { readonly name: string; readonly version: string };
  /** Only with a tunnel, whose server routes by it (wire.md 2.2). */
  readonly dsn: string | undefined;
  readonly now: () => number;
}

/**
 * Makes an envelope of a metric container, of what a client report tells, or of both. Metrics of
 * different traces share an envelope, which therefore carries no trace header (wire.md 1.3).
 */
export type Wrap = (
  container: { readonly payload: Uint8Array; readonly count: number } | undefined,
  discarded: readonly object[],
) => Envelope;

export function createWrap({ sdk, dsn, now }: EnvelopeSettings): Wrap {
  return (container, discarded) => {
    const items: [object, Uint8Array | string][] = [];
    if (container) {
      const headers = {
        type: "trace_metric",
        item_count: container.count,
        content_type: "application/vnd.sentry.items.trace-metric+json",
      };
      items.push([headers, container.payload]);
    }
    if (discarded.length > 0)
      items.push([
        { type: "client_report" },
        JSON.stringify({ timestamp: now() / 1000, discarded_events: discarded }),
      ]);
    // `sent_at`, written right at sending, is what Relay corrects the clock's drift by (wire.md 3.6).
    const headers = { sent_at: new Date(now()).toISOString(), sdk, ...(dsn && { dsn }) };
    // Sentry's types know neither this mixture of items nor encoded payloads; its transports do.
    return [headers, items] as unknown as Envelope;
  };
}
