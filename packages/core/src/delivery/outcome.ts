import type { SendResult } from "../contract/batch.js";
import { type RateLimitResponse, readDelay } from "../engine/rate-limits.js";
import { classifyStatus } from "../engine/statuses.js";

/** No answer came at all, or not in time. */
export const NO_ANSWER: SendResult = {
  reason: "network_error",
  retryAfterMs: 0,
  isUnanswered: true,
};

/** Reads the answer to an envelope. `now` is in milliseconds since the epoch. */
export function readAnswer(
  { statusCode, headers, isStored }: RateLimitResponse & { readonly isStored?: boolean },
  now: number,
): SendResult {
  const kind = classifyStatus(statusCode);
  if (kind === "accepted") return { isStored };
  if (kind === "rate-limited") return { reason: "ratelimit_backoff", retryAfterMs: 0 };
  // A page's transport dropped the envelope.
  if ((statusCode as number) < 0) return { reason: "network_error" };
  if (statusCode === 0) return NO_ANSWER;
  return {
    reason: "send_error",
    retryAfterMs: kind === "retry" ? readDelay(headers?.["retry-after"] ?? "", now, 0) : undefined,
    isTooLarge: kind === "too-large",
  };
}
