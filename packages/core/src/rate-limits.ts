/** Remembers what Sentry asked to be left alone, by data category. */
export interface RateLimits {
  /** For how many milliseconds all categories, or any of these, are limited; not above 0 when none is. */
  left(...categories: string[]): number;
  /** Takes in the answer to a request. */
  update(response: RateLimitResponse): void;
}

export interface RateLimitResponse {
  readonly statusCode?: number;
  readonly headers?: { readonly [name: string]: string | null | undefined };
}

/** Categories are few; a server that invents more cannot make the table grow. */
const MAX_CATEGORIES = 100;
/** What a bare 429 means. */
const DEFAULT_MS = 60_000;
/** A day: no header may silence a client for ever. */
const MAX_MS = 86_400_000;
/** Stands for every category. */
const ALL = "";

/**
 * Follows wire.md 2.6. `@sentry/core` keeps such a table too, but never looks at `trace_metric_byte`,
 * lets a shorter limit replace a longer one and cuts fractions of a second; hence this one.
 */
export function createRateLimits(now: () => number): RateLimits {
  const until = new Map<string, number>();

  function limit(category: string, header: string): void {
    const end = now() + readDelay(header, now(), DEFAULT_MS);
    if (until.size < MAX_CATEGORIES || until.has(category))
      until.set(category, Math.max(until.get(category) ?? 0, end));
  }

  return {
    left: (...categories) =>
      Math.max(...[ALL, ...categories].map((each) => until.get(each) ?? 0)) - now(),
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

/** A delay as headers tell it, in seconds or as a date, perhaps one that has passed; in milliseconds. */
export function readDelay(header: string, now: number, otherwise: number): number {
  const readings = [parseFloat(header) * 1000, Date.parse(header) - now];
  return Math.min(readings.find(Number.isFinite) ?? otherwise, MAX_MS);
}
