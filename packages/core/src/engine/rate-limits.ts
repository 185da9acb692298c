/** What Sentry asks to be left alone for, as the answer to one request tells it. */
export interface RateLimitResponse {
  readonly statusCode?: number;
  readonly headers?: { readonly [name: string]: string | null | undefined };
}

/** A data category, or "" for all of them, and for how many milliseconds it is limited from now. */
export type Limit = readonly [category: string, ms: number];

/** What a bare 429 means. */
const DEFAULT_MS = 60_000;
/** A day: no header may silence a client for ever. */
const MAX_MS = 86_400_000;

/**
 * Follows wire.md 2.6. `@sentry/core` reads these headers too, but never looks at `trace_metric_byte`,
 * lets a shorter limit replace a longer one and cuts fractions of a second; hence this one.
 */
export function readLimits({ statusCode, headers }: RateLimitResponse, now: number): Limit[] {
  const limit = (category: string, header: string): Limit => [
    category,
    readDelay(header, now, DEFAULT_MS),
  ];
  const quotas = headers?.["x-sentry-rate-limits"];
  if (!quotas) return statusCode === 429 ? [limit("", headers?.["retry-after"] ?? "")] : [];
  // Node gives a repeated header as a list.
  return String(quotas)
    .replace(/\s/g, "")
    .split(",")
    .flatMap((quota) => {
      const [seconds = "", categories = ""] = quota.split(":");
      return categories
        .split(";")
        .filter((category) => category || !categories)
        .map((category) => limit(category, seconds));
    });
}

/** A delay as headers tell it, in seconds or as a date, perhaps one that has passed; in milliseconds. */
export function readDelay(header: string, now: number, otherwise: number): number {
  const readings = [parseFloat(header) * 1000, Date.parse(header) - now];
  return Math.min(readings.find(Number.isFinite) ?? otherwise, MAX_MS);
}
