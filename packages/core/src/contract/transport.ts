/**
 * Sentry's transport contract as a structural type: the types of `@sentry/core` differ between majors in
 * ways that do not matter here. Tests compare it with the real types of 8, 9, 10 and 11 in both directions:
 * their transports work here, and ours in `Sentry.init({ transport })`.
 */
export interface Transport {
  /** Resolves with the answer of the server; rejects when no answer came. */
  send(envelope: Envelope): PromiseLike<TransportResponse>;
  /** Waits for sends in flight; `false` when that took longer than `timeoutMs` milliseconds. */
  flush(timeoutMs?: number): PromiseLike<boolean>;
}

/** Envelope headers, and items of headers and payload. A payload that is text or bytes is sent as is. */
export type Envelope = [headers: object, items: [headers: { type?: string }, payload: unknown][]];

export interface TransportResponse {
  /** Absent when the transport did not send, or does not know. */
  statusCode?: number;
  headers?: {
    [name: string]: string | null;
    "x-sentry-rate-limits": string | null;
    "retry-after": string | null;
  };
}

/** Options of a transport. They fit every transport of `@sentry/*` 8 to 11. */
export interface TransportOptions {
  /** Where envelopes go: the ingest endpoint with its key, or the tunnel. */
  url: string;
  /**
   * Headers added to every request.
   *
   * @default {}
   */
  headers?: { [name: string]: string };
  /**
   * How long one request may take, in milliseconds; Sentry's own transports do not read it.
   *
   * @default 10 000
   */
  timeout?: number;
  /** Called by a transport that drops envelope items by itself. */
  recordDroppedEvent(reason: string, category: string, quantity?: unknown): void;
}

/** Finds the transport to the current destination of a client. */
export interface Destination {
  /**
   * The transport of the settings in force, made again whenever their DSN or tunnel change; `undefined` when
   * they name no destination. Throws any error of the `transport` option.
   */
  find(): Transport | undefined;
  /** Flushes the transport that was found last, if it can be flushed. May throw. */
  flush(timeoutMs: number): PromiseLike<boolean> | undefined;
}

/** Makes a transport; Sentry's own shape. */
export type TransportFactory = (options: TransportOptions) => Transport;
