import { seededRandom } from "@spanmeter/testing/fakes/fake-platform";

/** Random choices, equal for an equal seed. */
export interface Random {
  /** From 0 to 1. */
  next(): number;
  between(from: number, to: number): number;
  pick<T>(choices: readonly T[]): T;
  hex(digits: number): string;
}

/** Creates random choices from a seed. */
export function createRandom(seed: number): Random {
  const next = seededRandom(seed);
  return {
    next,
    between: (from, to) => from + next() * (to - from),
    pick: (choices) => choices[Math.floor(next() * choices.length)]!,
    hex: (digits) =>
      Array.from({ length: digits }, () => Math.floor(next() * 16).toString(16)).join(""),
  };
}
