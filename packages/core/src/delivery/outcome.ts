import type { DropReason } from "../drop.js";
import type { RateLimitResponse } from "../rate-limits.js";

/** How one send ended. */
export interface Outcome {
  /** Why the metrics are lost; absent when a transport took them and no server refused. */
  readonly reason?: DropReason;
  /** The same envelope may be taken later: no answer came, or the server could not. */
  readonly retry?: boolean;
  /** The server counted the loss itself (wire.md 4). */
  readonly known?: boolean;
}

/** No answer came at all, or not in time. */
export const NO_ANSWER: Outcome = { reason: "network_error", retry: true };

/** A transport that tells no status took the envelope; Sentry's offline transport does so. */
export function classify({ statusCode = 200 }: RateLimitResponse): Outcome {
  if (statusCode >= 200 && statusCode < 300) return {};
  if (statusCode === 429) return { reason: "ratelimit_backoff", known: true };
  return { reason: "send_error", retry: statusCode >= 500 };
}
