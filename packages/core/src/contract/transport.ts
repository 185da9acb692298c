/**
 * Sentry's transport contract, said structurally: the types of `@sentry/core` differ between majors in
 * ways that do not matter here. Held to the real types of 8, 9, 10 and 11 by tests, both ways: their
 * transports work here, and ours in `Sentry.init({ transport })`.
 */
export interface Transport {
  /** Resolves with what the server answered; rejects when no answer came. */
  send(envelope: Envelope): PromiseLike<TransportResponse>;
  /** Waits for what is under way; `false` when that took longer than `timeoutMs`. */
  flush(timeoutMs?: number): PromiseLike<boolean>;
}

/** Envelope headers, and items of headers and payload. A payload that is text or bytes is sent as is. */
export type Envelope = [headers: object, items: [headers: object, payload: unknown][]];

export interface TransportResponse {
  /** Absent when the transport did not send, or does not know. */
  statusCode?: number;
  headers?: {
    [name: string]: string | null;
    "x-sentry-rate-limits": string | null;
    "retry-after": string | null;
  };
}

/** What a transport is made with. It fits the options of every transport of `@sentry/*` 8 to 11. */
export interface TransportOptions {
  /** Where envelopes go: the ingest endpoint with its key, or the tunnel. */
  url: string;
  /** Added to every request. */
  headers?: { [name: string]: string };
  /** How long one request may take, in milliseconds; Sentry's own transports do not read it. */
  timeout?: number;
  /** Told by a transport that gives envelope items up by itself. */
  recordDroppedEvent(reason: string, category: string, quantity?: unknown): void;
}

/** Makes a transport; Sentry's own shape. */
export type TransportFactory = (options: TransportOptions) => Transport;
