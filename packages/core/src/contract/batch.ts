import type { DropReason } from "./drop.js";
import type { PendingMetric } from "./pending-metric.js";

/** How one send ended; an empty object when the server took the envelope. */
export interface SendResult {
  /** The reason for which its metrics are lost, unless they are sent again. */
  readonly reason?: DropReason;
  /** They may be sent again, after this many milliseconds at least. */
  readonly retryAfterMs?: number | undefined;
  /** It was too large; a part of it may be taken. */
  readonly isTooLarge?: boolean;
  /** No server answered. */
  readonly isUnanswered?: boolean;
  /** The platform stored it for a later process or page. */
  readonly isStored?: boolean | undefined;
}

/** How a batch ended, as the queue needs to know it. */
export interface BatchEnd {
  /** Its metrics are to be sent again. */
  readonly retry?: boolean;
  /** Its metrics were lost. */
  readonly isLost?: boolean;
  /**
   * For how many milliseconds nothing may be sent: at least, or exactly when Sentry asked for it. Absent
   * when the server is well.
   */
  readonly pauseMs?: number | undefined;
  readonly isRateLimit?: boolean;
}

/** One envelope that was handed to the transport. */
export interface Departure {
  /** How many of the metrics offered the envelope holds: the first ones. */
  readonly taken: number;
  /** Never rejects. */
  readonly result: Promise<SendResult>;
  /** Accounts for the metrics. Called once, without a result when no answer came in time. */
  settle(result?: SendResult): BatchEnd;
}

/**
 * Sends the first of these metrics, and a client report if there are losses to report. The caller then removes
 * the others from the list, and empties it once the departure is settled. `isLast` says that
 * the page or process may end right after: metrics that cannot be encoded are dropped instead of tried
 * again. Never throws.
 */
export type Send = (metrics: readonly PendingMetric[], isLast?: boolean) => Departure;
