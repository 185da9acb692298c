import type { Entry } from "../contract/part.js";
import { addEntries } from "./entries.js";
import type { SentryScope } from "./sentry.js";

/** Adds the attributes of a Sentry scope and, with `withUser`, the application's user. */
export function addScope(entries: Entry[], scope: SentryScope, withUser?: boolean): void {
  // `getScopeData` copies everything that a scope has; minified scripts have nothing else.
  const user = withUser && (scope._user ?? scope.getScopeData?.().user);
  if (user)
    // The convention for `user.id` is text; an application's own id may be a number.
    addEntries(entries, {
      "user.id": user.id && String(user.id as string),
      "user.name": user.username,
      "user.email": user.email,
    });
  addEntries(entries, scope._attributes ?? scope.getScopeData?.().attributes);
}
