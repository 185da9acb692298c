import type { SentryScope } from "./sentry.js";

/** An attribute as it was found, neither copied nor checked. */
export type Entry = readonly [key: string, value: unknown];

/** Adds the attributes of a Sentry scope and, with `withUser`, who uses the application. */
export function addScope(
  entries: Entry[],
  scope: SentryScope | undefined,
  withUser?: boolean,
): void {
  // `getScopeData` builds a copy of everything a scope has; minified scripts have nothing else.
  const user = withUser && (scope?._user ?? scope?.getScopeData?.().user);
  if (user)
    // The convention for `user.id` is text; an application's own id may be a number.
    addEntries(entries, {
      "user.id": user.id && String(user.id as string),
      "user.name": user.username,
      "user.email": user.email,
    });
  addEntries(entries, scope?._attributes ?? scope?.getScopeData?.().attributes);
}

/** Sentry keeps attributes as they are or as `{ value, unit }`; only the value is used. */
export function addEntries(entries: Entry[], given: object | undefined): void {
  for (const key in given)
    try {
      let value = given[key as never] as unknown;
      if (typeof value === "object" && value && "value" in value) ({ value } = value);
      // What somebody added to `Object.prototype` is no attribute.
      if (value != null && {}.hasOwnProperty.call(given, key)) entries.push([key, value]);
    } catch {
      // What cannot be read costs its own attribute only.
    }
}

/** Whether the entries differ, or hold what can change inside. */
export function isNew(now: readonly Entry[], before: readonly Entry[]): boolean {
  if (now.length !== before.length) return true;
  // Mostly there are none: then even making the function for `some` is dear (15 ns of a call).
  if (now.length === 0) return false;
  return now.some(
    ([key, value], i) =>
      key !== before[i]?.[0] || value !== before[i][1] || typeof value === "object",
  );
}
