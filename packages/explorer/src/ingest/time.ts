/** Sentry's timestamps are seconds since the epoch or RFC 3339 text. Nanoseconds, exact to the microsecond a double can hold. */
export function toNanos(timestamp: unknown): bigint | undefined {
  if (typeof timestamp === "number") return secondsToNanos(timestamp);
  if (typeof timestamp !== "string" || timestamp === "") return undefined;
  const milliseconds = Date.parse(timestamp);
  if (!Number.isNaN(milliseconds)) return secondsToNanos(milliseconds / 1000);
  return secondsToNanos(Number(timestamp));
}

/** Beyond this (the year 2255) a count of nanoseconds no longer fits 64 bits. */
const LATEST_SECONDS = 9_000_000_000;

function secondsToNanos(seconds: number): bigint | undefined {
  if (!Number.isFinite(seconds) || Math.abs(seconds) > LATEST_SECONDS) return undefined;
  return BigInt(Math.round(seconds * 1e6)) * 1000n;
}
