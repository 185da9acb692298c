import type { AttributeMap } from "../contract/metric.js";
import type { Entry } from "../contract/part.js";
import { copyAttributes, NOTHING } from "../engine/attributes.js";
import { addEntries } from "./entries.js";
import type { SentryScope, SentryUser } from "./sentry.js";

/**
 * Reads the attributes of scopes, of which later ones come before earlier ones, and with `withUser` the application's
 * user. `moment` are attributes below all others. The same object as long as they are the same. May throw.
 */
export type ReadScopes = (
  scopes: readonly (SentryScope | undefined)[],
  withUser: boolean | undefined,
  moment?: object,
) => AttributeMap;

/** Remembers the attributes of the last call: those of a page seldom change. */
export function createReadScopes(guard: (fn: () => void) => void): ReadScopes {
  let last: readonly Entry[] = [];
  let attributes: AttributeMap = NOTHING;

  return function readScopes(scopes, withUser, moment) {
    const entries: Entry[] = [];
    addEntries(entries, moment);
    for (const scope of scopes)
      guard(() => {
        if (!scope) return;
        if (withUser) addEntries(entries, attributesOfUser(userOf(scope)));
        addEntries(entries, attributesOf(scope));
      });
    if (
      entries.length !== last.length ||
      entries.some((entry, i) => isNew(entry, last[i] as Entry))
    )
      attributes = copyAttributes(Object.fromEntries((last = entries)));
    return attributes;
  };
}

/** Whether an attribute differs, or is an object that can change. */
const isNew = ([key, value]: Entry, before: Entry): boolean =>
  key !== before[0] || value !== before[1] || typeof value === "object";

// `getScopeData` copies everything that a scope has; minified scripts have nothing else.
/** Finds the attributes of a scope. */
export const attributesOf = (scope: SentryScope): object | undefined =>
  scope._attributes ?? scope.getScopeData?.().attributes;

/** Finds the user of a scope. */
export const userOf = (scope: SentryScope): SentryUser | undefined =>
  scope._user ?? scope.getScopeData?.().user;

/** The attributes that name a user. The convention for `user.id` is text; an application's own id may be a number. */
export const attributesOfUser = (user: SentryUser | undefined): object | undefined =>
  user && {
    "user.id": user.id && String(user.id as string),
    "user.name": user.username,
    "user.email": user.email,
  };
