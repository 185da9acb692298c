import { stringifyJson } from "../model/json.js";

/** Writes a part of an item for a note: text as it is, any other value as JSON; `undefined` for a missing part. */
export function partText(part: unknown): string | undefined {
  if (part === undefined || typeof part === "string") return part;
  // JSON cannot write the infinity that `1e999` is read as.
  return typeof part === "number" ? String(part) : stringifyJson(part);
}
