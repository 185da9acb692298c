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
