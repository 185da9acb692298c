import type { PlatformRuntime } from "../contract/platform.js";
import { readLimits, type RateLimitResponse } from "../engine/rate-limits.js";

/** Remembers what Sentry asked to be left alone, by data category. */
export interface RateLimits {
  /** For how many milliseconds all categories, or any of these, are limited; not above 0 when none is. */
  left(...categories: string[]): number;
  /** Takes in the answer to a request. */
  update(response: RateLimitResponse): void;
}

/** Categories are few; a server that invents more cannot make the table grow. */
const MAX_CATEGORIES = 100;

export function createRateLimits({
  now,
  monotonicMs,
}: Pick<PlatformRuntime, "now" | "monotonicMs">): RateLimits {
  /** By the monotonic clock: a limit lasts as long as it was asked for, however the time is set. */
  const until = new Map<string, number>();
  return {
    left: (...categories) =>
      Math.max(...["", ...categories].map((each) => until.get(each) ?? 0)) - monotonicMs(),
    update(response) {
      for (const [category, ms] of readLimits(response, now()))
        if (until.size < MAX_CATEGORIES || until.has(category))
          until.set(category, Math.max(until.get(category) ?? 0, monotonicMs() + ms));
    },
  };
}
