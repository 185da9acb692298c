import { usageError } from "./query-error.js";

/** Reads an option with few values. Throws a usage error that lists them. */
export function readChoice<T extends string>(option: string, text: string, valid: readonly T[]): T {
  const choice = valid.find((each) => each === text);
  if (choice !== undefined) return choice;
  throw usageError(`${option} is "${text}"; valid are ${valid.join(", ")}`);
}

/** Reads a whole number. Throws a usage error when it is outside of its bounds. */
export function readWholeNumber(
  option: string,
  number: number,
  { least, most }: { least: number; most: number },
): number {
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw usageError(`${option} must be a whole number from ${least} to ${most}`);
}
