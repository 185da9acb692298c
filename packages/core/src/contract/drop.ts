/**
 * Why metrics were not delivered. These are the reasons of Sentry's client reports, limited to those that
 * its pipeline accepts.
 *
 * - `invalid`: the name is blank, the value is not finite, or the metric cannot be made to fit.
 * - `before_send`: `beforeSendMetric` returned `null` or threw.
 * - `sample_rate`: dropped on purpose; the recorded ones represent it.
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

/** One reported loss. */
export interface Drop {
  readonly reason: DropReason;
  /** How many metrics were lost. */
  readonly metrics: number;
  /** Their size in bytes, as Sentry would have billed it. */
  readonly bytes: number;
  /** The metric's name, where it had a usable one. */
  readonly name?: string | undefined;
}

/** Counts of everything that was recorded since the client was made. */
export interface Stats {
  /** Calls that reached the client. `recorded = delivered + pending + all of dropped`. */
  readonly recorded: number;
  /** Metrics that a transport took and no server refused. */
  readonly delivered: number;
  /** Metrics that wait or are in flight. */
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
  /** What each metric costs, in the order of their first calls. Those behind a Sentry SDK included. */
  readonly metrics: readonly MetricStats[];
}

/** What the metrics of one name cost. */
export interface MetricStats {
  /** Names beyond the first 2 000 are counted together as `(other)`. */
  readonly name: string;
  /** Calls that reached the client. */
  readonly calls: number;
  /** Metrics that were delivered: what Sentry stores. */
  readonly items: number;
  /** Distinct sets of attributes that were found. 0 where the client has no table of them. */
  readonly series: number;
  /** Bytes of the delivered metrics, as Sentry bills them, with text counted in UTF-16 units. */
  readonly billedBytes: number;
  /** The bytes that would be billed, had each call been sent. */
  readonly rawBytes: number;
  /** Billed bytes in 30 days at the average of the client's life so far. */
  readonly bytesPerMonth: number;
}
