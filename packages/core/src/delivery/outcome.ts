import type { DropReason } from "../drop.js";
import type { RateLimitResponse } from "../rate-limits.js";

/** How one send ended. */
export interface Outcome {
  /**
   * - `delivered`: taken; no server refused it.
   * - `retry`: no connection, no answer in time, or a server that says "not now".
   * - `limited`: the server asked for a pause.
   * - `too-large`: one envelope for too many bytes.
   * - `rejected`: refused for good, by the server or by the transport itself.
   */
  readonly kind: "delivered" | "retry" | "limited" | "too-large" | "rejected";
  /** What the loss is called if the metrics are given up now. */
  readonly reason: DropReason;
}

/** No answer came at all. */
export const NO_ANSWER: Outcome = { kind: "retry", reason: "network_error" };

/** Request timeout, bad gateway, unavailable, gateway timeout. */
const NOT_NOW: readonly number[] = [408, 502, 503, 504];

/** A transport that tells no status took the envelope; Sentry's offline transport does so. */
export function classify({ statusCode = 200 }: RateLimitResponse): Outcome {
  if (statusCode === 429) return { kind: "limited", reason: "ratelimit_backoff" };
  let kind: Outcome["kind"] = "rejected";
  if (statusCode >= 200 && statusCode < 300) kind = "delivered";
  else if (statusCode === 413) kind = "too-large";
  else if (NOT_NOW.includes(statusCode)) kind = "retry";
  return { kind, reason: "send_error" };
}
