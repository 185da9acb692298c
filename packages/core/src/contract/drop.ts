/**
 * Why metrics were not delivered. These are Sentry's own words for a client report, limited to the
 * ones its pipeline accepts.
 *
 * - `invalid`: the name is blank, the value is not finite, or the metric cannot be made to fit.
 * - `before_send`: `beforeSendMetric` returned `null` or threw.
 * - `sample_rate`: left out on purpose; the kept ones stand for it.
 * - `buffer_overflow`: the queue was full.
 * - `ratelimit_backoff`: Sentry asked for a pause.
 * - `network_error`: the connection failed or the send took too long.
 * - `send_error`: the server answered with an error.
 * - `queue_overflow`: a transport of another SDK refused, because its own buffer was full.
 * - `internal_sdk_error`: a fault in Spanmeter.
 */
export type DropReason =
  | "invalid"
  | "before_send"
  | "sample_rate"
  | "buffer_overflow"
  | "ratelimit_backoff"
  | "network_error"
  | "send_error"
  | "queue_overflow"
  | "internal_sdk_error";

/** One announced loss. */
export interface Drop {
  readonly reason: DropReason;
  /** How many metrics were lost. */
  readonly metrics: number;
  /** What Sentry would have billed for them, in bytes. */
  readonly bytes: number;
  /** The metric's name, where it had a usable one. */
  readonly name?: string | undefined;
}

/** What happened to everything that was recorded since the client was made. */
export interface Stats {
  /** Calls that reached the client. `recorded = delivered + pending + all of dropped`. */
  readonly recorded: number;
  /** Metrics a transport took and no server refused. */
  readonly delivered: number;
  /** Metrics that wait or are being sent. */
  readonly pending: number;
  /** Metrics lost, by reason. A reason that never happened is absent. */
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
  /** Envelopes handed to the transport. */
  readonly envelopes: number;
  /** Bytes of metric containers handed to the transport, before compression. */
  readonly bytes: number;
  /**
   * Calls to the platform (clock, timers, text encoder, storage, transport) that threw. None of them
   * reaches the application.
   */
  readonly platformErrors: number;
}
