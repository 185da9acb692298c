import { asNumber } from "../../model/json.js";
import { parseTime } from "../../model/parse-time.js";

/**
 * Reads a timestamp as Relay does, into nanoseconds since the epoch: a number of seconds (exact to the microsecond, as a
 * double is), or a date and time as text (exact to the nanosecond, UTC without a zone). Returns `undefined` for anything
 * else.
 */
export function toNanos(timestamp: unknown): bigint | undefined {
  if (typeof timestamp === "string") return inRange(parseTime(timestamp));
  const seconds = asNumber(timestamp);
  if (seconds === undefined || !(Math.abs(seconds) <= LATEST_SECONDS)) return undefined;
  return BigInt(Math.round(seconds * 1e6)) * 1000n;
}

/** Later nanoseconds since the epoch (the year 2255) do not fit into 64 bits. */
const LATEST_SECONDS = 9_000_000_000;
const LATEST_NS = BigInt(LATEST_SECONDS) * 1_000_000_000n;

const inRange = (ns: bigint | undefined): bigint | undefined =>
  ns !== undefined && ns >= -LATEST_NS && ns <= LATEST_NS ? ns : undefined;
