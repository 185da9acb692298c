import type { DropReason } from "../drop.js";
import { readDelay, type RateLimitResponse } from "../rate-limits.js";

/** How one send ended. */
export interface Outcome {
  readonly kind: "delivered" | "retry" | "limited" | "too-large" | "rejected";
  /** Why the metrics are lost, where they are not sent again. */
  readonly reason?: DropReason;
  /** What a server that is not well asked to wait, in milliseconds. */
  readonly after?: number;
}

/** No answer came at all, or not in time. */
export const NO_ANSWER: Outcome = { kind: "retry", reason: "network_error" };

/** Servers that are not well now, and may be later. */
const PASSING: readonly number[] = [408, 502, 503, 504];

/** A transport that tells no status took the envelope; Sentry's offline transport does so. */
export function classify({ statusCode = 200, headers }: RateLimitResponse, now: number): Outcome {
  if (statusCode >= 200 && statusCode < 300) return { kind: "delivered" };
  if (statusCode === 429) return { kind: "limited", reason: "ratelimit_backoff" };
  const isPassing = PASSING.includes(statusCode);
  return {
    kind: isPassing ? "retry" : statusCode === 413 ? "too-large" : "rejected",
    reason: "send_error",
    after: isPassing ? readDelay(headers?.["retry-after"] ?? "", now, 0) : 0,
  };
}
