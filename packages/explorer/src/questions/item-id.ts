import { usageError } from "./query-error.js";

/** Reads the id of an item, which is its `seq`. Throws a usage error for text that is none. */
export function readItemId(text: string): bigint {
  if (/^\d{1,18}$/.test(text)) return BigInt(text);
  throw usageError(
    `"${text}" is not the id of an item; give the "id" of an answer or of the stream`,
  );
}
