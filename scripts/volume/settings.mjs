/** The day of the replay in seconds, and visitors a second at its busiest hour. */
export const DAY = { seconds: 720, peakVisits: 130 };
export const SEEDS = 5;
export const SETS = ["raw", "sample", "fold", "reservoir", "sensible", "slim"];
