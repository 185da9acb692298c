import { asNumber } from "../../model/json.js";
import { parseTime } from "../../model/parse-time.js";

/**
 * Reads a timestamp as Relay does: seconds since the epoch as a number (exact to the microsecond a double can hold), or
 * date and time as text (exact to the nanosecond), which are UTC without a zone. `undefined` for anything else.
 */
export function toNanos(timestamp: unknown): bigint | undefined {
  if (typeof timestamp === "string") return inRange(parseTime(timestamp));
  const seconds = asNumber(timestamp);
  if (seconds === undefined || !(Math.abs(seconds) <= LATEST_SECONDS)) return undefined;
  return BigInt(Math.round(seconds * 1e6)) * 1000n;
}

/** Beyond this (the year 2255) a count of nanoseconds no longer fits 64 bits. */
const LATEST_SECONDS = 9_000_000_000;
const LATEST_NS = BigInt(LATEST_SECONDS) * 1_000_000_000n;

const inRange = (ns: bigint | undefined): bigint | undefined =>
  ns !== undefined && ns >= -LATEST_NS && ns <= LATEST_NS ? ns : undefined;
