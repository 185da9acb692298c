/** The parts of an answer that may carry rate limits. */
export interface RateLimitResponse {
  readonly statusCode?: number;
  readonly headers?: { readonly [name: string]: string | null | undefined };
}

/** One rate limit. */
export interface RateLimit {
  /** A data category, or "" for all of them. */
  readonly category: string;
  /** How long it lasts from now, in milliseconds. */
  readonly ms: number;
}

/** Either category limits metrics, and so does "" for all of them (docs/protocol.md#rate-limits). */
const METRICS: readonly string[] = ["", "trace_metric", "trace_metric_byte"];

/** Whether a rate limit of this category holds metrics back. */
export const limitsMetrics = (category: string): boolean => METRICS.includes(category);

/** The pause after a 429 without headers, in milliseconds. */
const DEFAULT_MS = 60_000;
/** A day: no header may silence a client without end. */
const MAX_MS = 86_400_000;

/**
 * Follows docs/protocol.md#rate-limits. `@sentry/core` reads these headers too, but never looks at
 * `trace_metric_byte`, lets a shorter limit replace a longer one and cuts fractions of a second; hence
 * this one.
 */
export function readLimits({ statusCode, headers }: RateLimitResponse, now: number): RateLimit[] {
  const limit = (category: string, header: string): RateLimit => ({
    category,
    ms: readDelay(header, now, DEFAULT_MS),
  });
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

/** Reads a delay of a header, in seconds or as a date, perhaps one that has passed; in milliseconds. */
export function readDelay(header: string, now: number, otherwise: number): number {
  const readings = [parseFloat(header) * 1000, Date.parse(header) - now];
  return Math.min(readings.find(Number.isFinite) ?? otherwise, MAX_MS);
}
