/** Returns the time in nanoseconds since the epoch. It is a parameter wherever it is used, so that tests can choose the time. */
export type Clock = () => bigint;

/** The clock of the system, exact to the millisecond. */
export const systemClock: Clock = () => BigInt(Date.now()) * 1_000_000n;
