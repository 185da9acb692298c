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

  function limit(category: string, header: string | null | undefined): void {
    const seconds = header?.trim() ? Number(header) : NaN;
    const usable = seconds >= 0 ? Math.min(seconds, MAX_SECONDS) : DEFAULT_SECONDS;
    if (until.size < MAX_CATEGORIES || until.has(category))
      until.set(category, Math.max(until.get(category) ?? 0, now() + usable * 1000));
  }

  return {
    isLimited: (...categories) =>
      [ALL, ...categories].some((each) => (until.get(each) ?? 0) > now()),
    update({ statusCode, headers }) {
      const quotas = headers?.["x-sentry-rate-limits"];
      const retryAfter = headers?.["retry-after"];
      if (quotas)
        for (const quota of quotas.split(",")) {
          const [seconds, categories = ""] = quota.split(":").map((part) => part.trim());
          for (const category of categories.split(";"))
            // Only a list without any word means "all"; one blank word among others means nothing.
            if (category || !categories) limit(category.trim(), seconds);
        }
      else if (statusCode === 429) {
        const date = Date.parse(retryAfter ?? "");
        limit(
          ALL,
          isNaN(Number(retryAfter)) && date ? String(Math.max(0, date - now()) / 1000) : retryAfter,
        );
      }
    },
  };
}
