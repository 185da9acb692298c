const DATE = String.raw`(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)`;
const CLOCK = String.raw`(?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)(?:\.(?<fraction>\d+))?`;
const ZONE = String.raw`(?<zone>Z|UTC|[+-]\d\d:?\d\d)`;

/** Relay reads a time without a zone only in this form, and a time with a zone as a looser RFC 3339. */
const WITHOUT_ZONE = new RegExp(`^${DATE}T${CLOCK}$`);
const WITH_ZONE = new RegExp(`^${DATE} *[T ] *${CLOCK} *${ZONE}$`, "i");

type Parts = Readonly<Record<string, string | undefined>>;

/**
 * Parses a date and time as Relay does, into nanoseconds since the epoch, exact to the nanosecond. A time without a zone
 * is UTC. Returns `undefined` for text that is no such time.
 */
export function parseTime(text: string): bigint | undefined {
  const parts = (WITHOUT_ZONE.exec(text) ?? WITH_ZONE.exec(text))?.groups;
  return parts && nanosOf(parts);
}

function nanosOf(parts: Parts): bigint | undefined {
  const at = (field: string): number => Number(parts[field]);
  const midnight = new Date(0);
  midnight.setUTCFullYear(at("year"), at("month") - 1, at("day"));
  const isDate = midnight.getUTCMonth() === at("month") - 1 && midnight.getUTCDate() === at("day");
  // 60 is a leap second, which is the first of the next minute.
  const isClock = at("hour") <= 23 && at("minute") <= 59 && at("second") <= 60;
  const offsetMinutes = zoneMinutes(parts["zone"]);
  if (!isDate || !isClock || offsetMinutes === undefined) return undefined;
  const minutes = at("hour") * 60 + at("minute") - offsetMinutes;
  const seconds = midnight.getTime() / 1000 + minutes * 60 + at("second");
  const fraction = (parts["fraction"] ?? "").slice(0, 9).padEnd(9, "0");
  return BigInt(seconds) * 1_000_000_000n + BigInt(fraction);
}

/** Returns the minutes east of UTC, or `undefined` for text that is no zone. */
function zoneMinutes(zone = "Z"): number | undefined {
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [];
  if (sign === undefined) return 0;
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1);
}
