/** Files are dated in steps of the file system, and written by machines that differ a little. A minute. */
const SLACK_MS = 60_000;
/** No file of ours gets older: those of a week are given up. A year. */
const MAX_PLAUSIBLE_MS = 365 * 24 * 3_600_000;

/**
 * Whether an age can be true. A file from the future, or from 1970, was written while a clock was wrong,
 * or is looked at while one is: its age says nothing, and is counted anew from now on
 * (docs/decisions/0025).
 */
export const isPlausible = (ageMs: number): boolean =>
  ageMs > -SLACK_MS && ageMs < MAX_PLAUSIBLE_MS;
