import { stringifyJson } from "../../model/json.js";
import type { Attributes } from "../../model/received-item.js";
import type { Validation } from "../validation.js";
import type { Origin } from "../envelope/origin.js";
import { toNanos } from "../fields/time.js";
import { isoTime } from "../../model/iso-time.js";
import { partText } from "../part-text.js";

const SECOND = 1_000_000_000n;
/** `max_secs_in_future` of Relay. */
const MAX_FUTURE_NS = 60n * SECOND;
/** Relay drops metrics older than the retention of the project, which is 90 days by default. */
const MAX_AGE_DAYS = 90n;

interface TimeContext {
  origin: Origin;
  validation: Validation;
}

/** Reads the time that Sentry would store: corrected for clock drift, and ordered within a millisecond by its sequence number. */
export function readMetricTime(
  timestamp: unknown,
  attributes: Attributes,
  { origin, validation }: TimeContext,
): bigint {
  const timestampNs = toNanos(timestamp);
  if (timestampNs === undefined) {
    validation.dropped(
      "invalid_timestamp",
      `timestamp must be seconds since the epoch, not ${stringifyJson(timestamp)}`,
      { field: "timestamp", before: partText(timestamp) },
    );
    return origin.receivedNs;
  }
  let timeNs = timestampNs + origin.driftNs;
  if (origin.driftNs !== 0n) {
    validation.changed(
      "clock_drift",
      `Shifted by ${origin.driftNs / SECOND} s: the sender's clock is wrong (sent_at)`,
      { field: "timestamp", before: isoTime(timestampNs), after: isoTime(timeNs) },
    );
  }
  if (timeNs - origin.receivedNs > MAX_FUTURE_NS) {
    validation.changed(
      "future_timestamp",
      `Moved to the time of arrival: it was ${(timeNs - origin.receivedNs) / SECOND} s ahead`,
      { field: "timestamp", before: isoTime(timeNs), after: isoTime(origin.receivedNs) },
    );
    timeNs = origin.receivedNs;
  }
  const days = (origin.receivedNs - timeNs) / (86_400n * SECOND);
  if (days >= MAX_AGE_DAYS)
    validation.dropped("too_old", `${days} days old, Sentry keeps ${MAX_AGE_DAYS}`, {
      field: "timestamp",
      before: isoTime(timeNs),
    });
  return timeNs + sequenceOf(attributes);
}

/** SDKs in runtimes with a coarse clock number the items of one millisecond; Relay adds the number as nanoseconds. */
function sequenceOf(attributes: Attributes): bigint {
  const sequence = attributes["sentry.timestamp.sequence"];
  return Number.isSafeInteger(sequence) && (sequence as number) > 0
    ? BigInt(sequence as number)
    : 0n;
}
