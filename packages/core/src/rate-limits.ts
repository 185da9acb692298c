/** Remembers what Sentry asked to be left alone, by data category. */
export interface RateLimits {
  /** Whether all categories, or any of these, are limited now. */
  isLimited(...categories: string[]): boolean;
  /** Takes in the answer to a request. */
  update(response: RateLimitResponse): void;
}

export interface RateLimitResponse {
  readonly statusCode?: number;
  readonly headers?: { readonly [name: string]: string | null | undefined };
}

/** Categories are few; a server that invents more cannot make the table grow. */
const MAX_CATEGORIES = 100;
/** What a bare 429 means, in seconds. */
const DEFAULT_SECONDS = 60;
/** A day: no header may silence a client for ever. */
const MAX_SECONDS = 86_400;
/** Stands for every category. */
const ALL = "";

/**
 * Follows wire.md 2.6. `@sentry/core` keeps such a table too, but never looks at `trace_metric_byte`,
 * lets a shorter limit replace a longer one and cuts fractions of a second; hence this one.
 */
export function createRateLimits(now: () => number): RateLimits {
  const until = new Map<string, number>();

  /** A `Retry-After` may also be a date, perhaps one that has passed. */
  function limit(category: string, header: string): void {
    const readings = [parseFloat(header), (Date.parse(header) - now()) / 1000];
    const seconds = readings.find(Number.isFinite) ?? DEFAULT_SECONDS;
    const end = now() + Math.min(seconds, MAX_SECONDS) * 1000;
    if (until.size < MAX_CATEGORIES || until.has(category))
      until.set(category, Math.max(until.get(category) ?? 0, end));
  }

  return {
    isLimited: (...categories) =>
      [ALL, ...categories].some((each) => (until.get(each) ?? 0) > now()),
    update({ statusCode, headers }) {
      const quotas = headers?.["x-sentry-rate-limits"];
      if (quotas)
        for (const quota of quotas.replace(/\s/g, "").split(",")) {
          const [seconds = "", categories = ""] = quota.split(":");
          for (const category of categories.split(";"))
            // Only a list without any word means "all"; one blank word among others means nothing.
            if (category || !categories) limit(category, seconds);
        }
      else if (statusCode === 429) limit(ALL, headers?.["retry-after"] ?? "");
    },
  };
}
