const BILLION = 1_000_000_000n;

/** Writes nanoseconds since the epoch as an RFC 3339 time in UTC with nine decimal places, which can be sorted as text. */
export function isoTime(ns: bigint): string {
  const seconds = floorDivide(ns);
  const fraction = String(ns - seconds * BILLION).padStart(9, "0");
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}.${fraction}Z`;
}

function floorDivide(ns: bigint): bigint {
  const quotient = ns / BILLION;
  return ns < 0n && quotient * BILLION !== ns ? quotient - 1n : quotient;
}
