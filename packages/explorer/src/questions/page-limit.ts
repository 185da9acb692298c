import { usageError } from "./query-error.js";

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 1_000;

/** Reads how many things a page holds, from 1 to 1000, 20 by default. Throws a usage error for anything else. */
export function readLimit(limit: number = DEFAULT_LIMIT): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw usageError(`limit must be a whole number from 1 to ${MAX_LIMIT}`);
}
