/** Nanoseconds since the epoch. Handed in everywhere, so that tests can choose the time. */
export type Clock = () => bigint;

export const systemClock: Clock = () => BigInt(Date.now()) * 1_000_000n;
