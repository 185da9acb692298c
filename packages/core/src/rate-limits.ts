/** Remembers what Sentry asked to be left alone, by data category. */
export interface RateLimits {
  /** Whether any of the categories is limited now. */
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
 * Follows wire.md 2.6; a list of words that are all blank limits nothing. `@sentry/core` keeps such a table too, but never looks at `trace_metric_byte`,
 * lets a shorter limit replace a longer one and cuts fractions of a second; hence this one.
 */
export function createRateLimits(now: () => number): RateLimits {
  const until = new Map<string, number>();

  function limit(category: string, seconds: number): void {
    if (until.size >= MAX_CATEGORIES && !until.has(category)) return;
    until.set(category, Math.max(until.get(category) ?? 0, now() + seconds * 1000));
  }

  const isNow = (category: string): boolean => (until.get(category) ?? 0) > now();

  return {
    isLimited: (...categories) => isNow(ALL) || categories.some(isNow),
    update({ statusCode, headers }) {
      const quotas = headers?.["x-sentry-rate-limits"];
      if (quotas) {
        for (const quota of quotas.split(",")) {
          const [seconds, categories] = quota.trim().split(":");
          const words = categories?.trim() ?? ALL;
          for (const category of words.split(";"))
            if (category.trim() || words === ALL) limit(category.trim(), readSeconds(seconds));
        }
      } else if (statusCode === 429) limit(ALL, retryAfter(headers?.["retry-after"], now()));
    },
  };
}

function readSeconds(text: string | null | undefined): number {
  const seconds = Number(text);
  return text?.trim() && seconds >= 0 ? Math.min(seconds, MAX_SECONDS) : DEFAULT_SECONDS;
}

/** `Retry-After`: seconds, or an HTTP date. */
function retryAfter(header: string | null | undefined, now: number): number {
  const at = header && Number.isNaN(Number(header)) ? Date.parse(header) : NaN;
  return readSeconds(Number.isNaN(at) ? header : String(Math.max(0, (at - now) / 1000)));
}
