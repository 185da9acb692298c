/** The ranges of time that end now, from the shortest. */
export const RANGES = ["30s", "1m", "5m", "15m", "1h", "3h", "12h", "1d", "7d", "30d"] as const;

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };
const secondsOf = (range: string): number =>
  Number.parseInt(range, 10) * (SECONDS[range.at(-1) ?? ""] ?? 1);

/** The range of an address without one. */
export const USUAL_RANGE = "1h";
/** In a shorter one, what has just begun would soon leave the chart. */
const SHORTEST = "5m";

/**
 * Returns the range in which something is opened that began at this time: in the usual one, what has just begun would be a
 * line at the edge. `undefined` for the usual one.
 */
export function rangeSince(began: string, nowMs: number = Date.now()): string | undefined {
  const seconds = (nowMs - Date.parse(began)) / 1_000;
  const range = RANGES.slice(RANGES.indexOf(SHORTEST)).find((each) => secondsOf(each) >= seconds);
  return range !== undefined && secondsOf(range) < secondsOf(USUAL_RANGE) ? range : undefined;
}
