import type { Transport } from "@sentry/core";

export type { Transport };

/**
 * What a transport is made with. It fits the options of every transport of `@sentry/*` 8 to 11, so
 * that theirs work here and ours work in `Sentry.init({ transport })`.
 */
export interface TransportOptions {
  /** Where envelopes go: the ingest endpoint with its key, or the tunnel. */
  url: string;
  /** Added to every request. */
  headers?: { [name: string]: string };
  /** Told by a transport that gives envelopes up by itself. */
  recordDroppedEvent(reason: string, category: string, quantity?: unknown): void;
}

/** Makes a transport; Sentry's own shape. */
export type TransportFactory = (options: TransportOptions) => Transport;
