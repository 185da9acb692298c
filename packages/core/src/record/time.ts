import type { Diagnostics } from "../diagnostics.js";

/** Seconds beyond the year 5138: a number this large was meant as milliseconds. */
const SURELY_MILLISECONDS = 1e11;

/** Milliseconds since the epoch of the `timestamp` option, or `undefined` when it is unusable. */
export function readTimestamp(
  given: Date | number,
  name: string,
  diagnostics: Diagnostics,
): number | undefined {
  const milliseconds = given instanceof Date ? given.getTime() : given * 1000;
  if (typeof milliseconds !== "number" || !Number.isFinite(milliseconds) || milliseconds < 0) {
    diagnostics.warn(
      "timestamp",
      name,
      __DEV__ &&
        `The timestamp of "${name}" is neither a valid Date nor seconds since 1970; the current time was used.`,
    );
    return undefined;
  }
  if (!(given instanceof Date) && given > SURELY_MILLISECONDS) {
    diagnostics.warn(
      "timestamp",
      name,
      __DEV__ &&
        `The timestamp of "${name}" looks like milliseconds; seconds since 1970 are expected. It was divided by 1000.`,
    );
    return given;
  }
  return milliseconds;
}
