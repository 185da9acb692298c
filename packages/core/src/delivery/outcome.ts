import type { DropReason } from "../drop.js";
import { readDelay, type RateLimitResponse } from "../rate-limits.js";

/** How one send ended; nothing in it when the envelope was taken. */
export interface Outcome {
  /** Why the metrics are lost, where they are not sent again. */
  readonly reason?: DropReason;
  /** They may be sent again, after this many milliseconds at least. */
  readonly after?: number | undefined;
  /** It was too large; a part of it may be taken. */
  readonly isTooLarge?: boolean;
}

/** No answer came at all, or not in time. */
export const NO_ANSWER: Outcome = { reason: "network_error", after: 0 };

/** Servers that are not well now, and may be later. */
const PASSING: readonly number[] = [408, 502, 503, 504];

/** A transport that tells no status took the envelope; Sentry's offline transport does so. */
export function classify({ statusCode = 200, headers }: RateLimitResponse, now: number): Outcome {
  if (statusCode >= 200 && statusCode < 300) return {};
  // The platform's own way to say that it did not even try.
  if (statusCode === 0) return { reason: "network_error" };
  if (statusCode === 429) return { reason: "ratelimit_backoff", after: 0 };
  return {
    reason: "send_error",
    after: PASSING.includes(statusCode)
      ? readDelay(headers?.["retry-after"] ?? "", now, 0)
      : undefined,
    isTooLarge: statusCode === 413,
  };
}
