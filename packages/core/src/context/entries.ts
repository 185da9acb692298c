import type { Entry } from "../contract/part.js";

/** Adds attributes. Sentry stores them as they are or as `{ value, unit }`; only the value is used. */
export function addEntries(entries: Entry[], given: object | undefined): void {
  for (const key in given)
    try {
      let value = given[key as never] as unknown;
      if (typeof value === "object" && value && "value" in value) ({ value } = value);
      // A property that somebody added to `Object.prototype` is no attribute.
      if (value != null && {}.hasOwnProperty.call(given, key)) entries.push([key, value]);
    } catch {
      // A property that cannot be read costs its own attribute only.
    }
}

/** Whether the entries differ, or contain an object that can change. */
export function isNew(current: readonly Entry[], before: readonly Entry[]): boolean {
  if (current.length !== before.length) return true;
  // Mostly there are none: then even allocating the callback costs 15 ns per call.
  if (current.length === 0) return false;
  return current.some(
    ([key, value], i) =>
      key !== before[i]?.[0] || value !== before[i][1] || typeof value === "object",
  );
}
