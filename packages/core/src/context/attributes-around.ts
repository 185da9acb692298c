import type { SentryScope, Sight } from "./sentry.js";

/** What the moment and the scopes have; a later scope wins. Nothing is the usual case. */
export function scopeAttributes(
  attributes: object | undefined,
  sight: Sight | undefined,
  scope: SentryScope | undefined,
  withUser: boolean | undefined,
): object | undefined {
  let user: SentryScope["_user"];
  for (const each of [sight?.carrier.globalScope, sight?.isolation, scope ?? sight?.current]) {
    // `getScopeData` builds a copy of everything a scope has; minified scripts have nothing else.
    if (withUser) user = join(user, each?._user ?? each?.getScopeData?.().user);
    attributes = join(attributes, each?._attributes ?? each?.getScopeData?.().attributes);
  }
  if (!user) return attributes;
  const { id, username, email } = user;
  // The convention for `user.id` is text; an application's own id may be a number.
  return { "user.id": id && String(id as string), "user.name": username, "user.email": email, ...attributes };
}

function join(all: object | undefined, given: object | undefined): object | undefined {
  // Copies only where there is anything to copy.
  for (const _ in given) return all ? { ...all, ...given } : { ...given };
  return all;
}

/** Whether both have the same values, none of which can change inside. */
export function isSame(a: object | undefined, b: object | undefined): boolean {
  return a === b || (holds(a, b) && holds(b, a));
}

function holds(whole: object | undefined = {}, part: object | undefined): boolean {
  for (const key in part) {
    const value = (part as Record<string, unknown>)[key];
    if (value !== (whole as Record<string, unknown>)[key] || typeof value === "object") return false;
  }
  return true;
}
