import type { DropReason } from "../drop.js";
import type { RateLimitResponse } from "../rate-limits.js";

/** How one send ended. */
export type Outcome =
  | { readonly kind: "delivered" }
  /** The connection failed or the server is not able to answer right now. */
  | { readonly kind: "retry"; readonly reason: "network_error" | "send_error" }
  /** The server asked for a pause. */
  | { readonly kind: "limited" }
  | { readonly kind: "too-large" }
  /** The server, or the transport itself, refused for good. */
  | { readonly kind: "rejected"; readonly reason: DropReason };

/** Statuses that say "not now": request timeout, bad gateway, unavailable, gateway timeout. */
const NOT_NOW: readonly number[] = [408, 502, 503, 504];

/** A transport that tells no status took the envelope; Sentry's memory and offline transports do so. */
export function classify({ statusCode }: RateLimitResponse): Outcome {
  if (statusCode === undefined || (statusCode >= 200 && statusCode < 300))
    return { kind: "delivered" };
  if (statusCode === 429) return { kind: "limited" };
  if (statusCode === 413) return { kind: "too-large" };
  if (NOT_NOW.includes(statusCode)) return { kind: "retry", reason: "send_error" };
  return { kind: "rejected", reason: "send_error" };
}

/** The reason under which an outcome's metrics are announced as lost. */
export function lossOf(outcome: Exclude<Outcome, { kind: "delivered" }>): DropReason {
  if (outcome.kind === "limited") return "ratelimit_backoff";
  return outcome.kind === "too-large" ? "send_error" : outcome.reason;
}
