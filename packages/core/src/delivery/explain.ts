import type { RateLimitResponse } from "../rate-limits.js";
import type { World } from "../world.js";

interface Failure {
  readonly message?: string;
  readonly code?: unknown;
  readonly cause?: Failure;
}

// All of these stand behind `__DEV__`.

/** Tells a developer that a server refuses what is sent. */
export function explainAnswer(world: World, { statusCode = 200 }: RateLimitResponse): void {
  if (statusCode >= 400 && statusCode !== 429)
    world.warn("send", `Metrics were refused: the server answered ${statusCode}.`);
}

/** Tells a developer why a send failed, where that is a matter of the set-up. */
export function explainFailure(world: World, error: unknown): void {
  if (!isNetwork(error)) world.warn("send", `Metrics could not be sent: ${describe(error)}`);
}

/** Tells a developer why nothing is sent any more. */
export function explainBlocked(world: World): void {
  world.warn(
    "blocked",
    "No server was ever reached: an ad blocker, a content security policy or the network blocks every " +
      "request. Metrics are dropped from here on. A `tunnel` through your own server gets past ad blockers.",
  );
}

/**
 * Node names what failed on the way with a code such as ECONNREFUSED. That is nobody's mistake in the
 * set-up, and a tool must not talk of it on the terminal of a user who is offline.
 */
function isNetwork(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as Failure;
  return typeof (code ?? cause?.code) === "string";
}

/** `fetch` says little itself; the cause it names says what went wrong. */
function describe(error: unknown): string {
  const { message, cause } = (error ?? {}) as Failure;
  return [message, cause?.message].filter(Boolean).join(": ") || "the transport gave no reason";
}
