import { must, mustBeObject, mustBeOneOf, mustBeString } from "./broken-rule.js";
import type { ReadItem } from "./envelope-rules.js";

/** The losses of one reason and category in a client report. */
export interface ReadDiscard {
  readonly reason: string;
  readonly category: string;
  readonly quantity: number;
}

/** A client report. */
export interface ReadClientReport {
  readonly discarded: readonly ReadDiscard[];
}

/** The reasons that Sentry stores; it silently clears any other (docs/protocol.md#client-reports). */
const REASONS = [
  "backpressure",
  "before_send",
  "buffer_overflow",
  "cache_overflow",
  "event_processor",
  "ignored",
  "insufficient_data",
  "internal_sdk_error",
  "invalid",
  "network_error",
  "no_parent_span",
  "queue_overflow",
  "ratelimit_backoff",
  "sample_rate",
  "send_error",
];
const MAX_BYTES = 4096;

/** Reads one `client_report` item. */
export function readClientReport(item: ReadItem, path: string): ReadClientReport {
  must(item.payload.length <= MAX_BYTES, path, `must be at most ${MAX_BYTES} bytes`);
  const report = item.json;
  mustBeObject(report, path);
  checkTimestamp(report["timestamp"], `${path}.timestamp`);
  const discarded = report["discarded_events"];
  must(
    Array.isArray(discarded) && discarded.length > 0,
    `${path}.discarded_events`,
    "must be a list",
  );
  const read = discarded.map((entry: unknown, index) =>
    readDiscard(entry, `${path}.discarded_events[${index}]`),
  );
  const keys = read.map(({ reason, category }) => `${reason}:${category}`);
  must(new Set(keys).size === keys.length, path, "must have one line for a reason and category");
  return { discarded: read };
}

function readDiscard(entry: unknown, path: string): ReadDiscard {
  mustBeObject(entry, path);
  const { reason, category, quantity } = entry;
  mustBeOneOf(reason, REASONS, `${path}.reason`);
  mustBeString(category, `${path}.category`);
  must(/^[a-z_]+$/.test(category), `${path}.category`, `must be a category, not "${category}"`);
  const counts = Number.isSafeInteger(quantity) && (quantity as number) > 0;
  must(counts, `${path}.quantity`, `must be a positive integer, not ${String(quantity)}`);
  return { reason: reason as string, category, quantity: quantity as number };
}

/** Checks an optional timestamp, in seconds or as an ISO date. */
function checkTimestamp(timestamp: unknown, path: string): void {
  if (timestamp === undefined) return;
  const fits =
    typeof timestamp === "number"
      ? timestamp > 1e9 && timestamp < 1e10
      : typeof timestamp === "string" && !Number.isNaN(Date.parse(timestamp));
  must(fits, path, `must be seconds or an ISO date, not ${JSON.stringify(timestamp)}`);
}
