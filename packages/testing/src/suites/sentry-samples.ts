import { Client, createEnvelope, type ClientOptions } from "@sentry/core";
import type { Transport } from "@spanmeter/core";

type SentryEnvelope = Parameters<Transport["send"]>[0];
/** One item of an envelope: its header and payload. */
export type Item = readonly [header: { type: string; length?: number }, payload: unknown];

/** Builds an envelope like a Sentry SDK. */
export const envelopeOf: (...items: readonly Item[]) => SentryEnvelope = (...items) =>
  createEnvelope({ sent_at: "2026-01-01T00:00:00.000Z" }, items as never);

/** An item with an error event. */
export const event: Item = [{ type: "event" }, { event_id: "0".repeat(31) + "1", message: "é" }];
/** An item with one metric. */
export const metric: Item = [
  {
    type: "trace_metric",
    item_count: 1,
    content_type: "application/vnd.sentry.items.trace-metric+json",
  } as Item[0],
  `{"items":[{"timestamp":1767225600,"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","name":"a","type":"counter","value":1}]}`,
];

/** A minimal Sentry client, which runs wherever `@sentry/core` runs. */
export class SentryClient extends Client<ClientOptions> {
  // The inherited constructor is protected.
  // oxlint-disable-next-line no-useless-constructor
  constructor(options: ClientOptions) {
    super(options);
  }
  override eventFromMessage = (message: unknown): PromiseLike<object> =>
    Promise.resolve({ message: String(message) });
  override eventFromException = (error: unknown): PromiseLike<object> =>
    this.eventFromMessage(error);
}
