const BILLION = 1_000_000_000n;

/** RFC 3339 with nine digits: what the store holds, and sortable as text. */
export function isoTime(ns: bigint): string {
  const seconds = floorDivide(ns);
  const fraction = String(ns - seconds * BILLION).padStart(9, "0");
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}.${fraction}Z`;
}

function floorDivide(ns: bigint): bigint {
  const quotient = ns / BILLION;
  return ns < 0n && quotient * BILLION !== ns ? quotient - 1n : quotient;
}
