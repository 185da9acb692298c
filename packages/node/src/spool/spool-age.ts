/** Timestamps of file systems are coarse, and the clocks of machines differ a little. A minute. */
const SLACK_MS = 60_000;
/** Files are deleted after a week, so none gets this old. A year. */
const MAX_PLAUSIBLE_MS = 365 * 24 * 3_600_000;

/**
 * Whether an age can be true. A file from the future or from 1970 was written, or is read, while a clock
 * was wrong: its age says nothing and is counted again from now on (docs/decisions/0025).
 */
export const isPlausible = (ageMs: number): boolean =>
  ageMs > -SLACK_MS && ageMs < MAX_PLAUSIBLE_MS;
