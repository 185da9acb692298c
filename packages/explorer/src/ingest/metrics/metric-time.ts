import { stringifyJson } from "../../model/json.js";
import type { Attributes } from "../../model/received-item.js";
import type { Validation } from "../validation.js";
import type { Origin } from "../envelope/origin.js";
import { toNanos } from "../fields/time.js";

const SECOND = 1_000_000_000n;
/** `max_secs_in_future` of Relay. */
const MAX_FUTURE_NS = 60n * SECOND;
/** Relay refuses what is older than the project's retention; 90 days is Sentry's standard. */
const MAX_AGE_DAYS = 90n;

interface Setting {
  origin: Origin;
  validation: Validation;
}

/** The time Sentry would store: corrected for clock drift, ordered within the millisecond by the sequence. */
export function readMetricTime(
  timestamp: unknown,
  attributes: Attributes,
  { origin, validation }: Setting,
): bigint {
  const own = toNanos(timestamp);
  if (own === undefined) {
    validation.dropped(
      "invalid_timestamp",
      `timestamp must be seconds since the epoch, not ${stringifyJson(timestamp)}`,
    );
    return origin.receivedNs;
  }
  let time = own + origin.driftNs;
  if (origin.driftNs !== 0n) {
    validation.changed(
      "clock_drift",
      `Shifted by ${origin.driftNs / SECOND} s: the sender's clock is off (sent_at)`,
    );
  }
  if (time - origin.receivedNs > MAX_FUTURE_NS) {
    validation.changed(
      "future_timestamp",
      `Moved to the time of arrival: it was ${(time - origin.receivedNs) / SECOND} s ahead`,
    );
    time = origin.receivedNs;
  }
  const days = (origin.receivedNs - time) / (86_400n * SECOND);
  if (days >= MAX_AGE_DAYS)
    validation.dropped("too_old", `${days} days old, Sentry keeps ${MAX_AGE_DAYS}`);
  return time + sequenceOf(attributes);
}

/** Runtimes with coarse clocks number the items of one millisecond; Relay adds the number as nanoseconds. */
function sequenceOf(attributes: Attributes): bigint {
  const sequence = attributes["sentry.timestamp.sequence"];
  return Number.isSafeInteger(sequence) && (sequence as number) > 0
    ? BigInt(sequence as number)
    : 0n;
}
