import type { AttributeMap } from "../contract/metric.js";
import type { Entry } from "../contract/part.js";
import { copyAttributes, NOTHING } from "../engine/attributes.js";
import { addEntries } from "./entries.js";
import type { SentryScope } from "./sentry.js";

/** Attributes as they were found, and as they are sent. */
export interface Found {
  readonly entries: readonly Entry[];
  readonly attributes: AttributeMap;
}

/**
 * Reads the attributes of scopes, of many requests that take turns. What was read is found again by the identity of
 * the objects that scopes hold, and compared with them, because a Sentry SDK replaces them when an attribute is set but
 * changes them in place when one is removed. Equal objects give the same result.
 */
export interface ScopeAttributes {
  /** Reads one scope and, with `withUser`, the application's user. May throw. */
  read(scope: SentryScope, withUser?: boolean): Found;
  /** Reads attributes that are made at each call. */
  readMade(given: object | undefined): Found;
  /** Both, the second one above the first. */
  join(first: Found, second: Found): Found;
}

/** No attributes. */
export const NOT_FOUND: Found = { entries: [], attributes: NOTHING };

/** Makes a reader with an empty cache, which keeps no object alive. */
export function createScopeAttributes(): ScopeAttributes {
  const known = new WeakMap<object, Found>();
  const joined = new WeakMap<Found, WeakMap<Found, Found>>();
  let made = NOT_FOUND;

  function find(given: object, last: Found | undefined): Found {
    if (last && isSame(last.entries, given)) return last;
    const entries: Entry[] = [];
    addEntries(entries, given);
    return { entries, attributes: copyAttributes(Object.fromEntries(entries)) };
  }

  function findKept(holder: object, given: object): Found {
    const last = known.get(holder);
    const found = find(given, last);
    if (found !== last) known.set(holder, found);
    return found;
  }

  function join(first: Found, second: Found): Found {
    if (first === NOT_FOUND) return second;
    if (second === NOT_FOUND) return first;
    let seconds = joined.get(first);
    if (!seconds) joined.set(first, (seconds = new WeakMap()));
    let both = seconds.get(second);
    if (!both) {
      const attributes = { ...first.attributes, ...second.attributes };
      seconds.set(second, (both = { entries: [], attributes }));
    }
    return both;
  }

  return {
    read(scope, withUser) {
      // `getScopeData` copies everything that a scope has; minified scripts have nothing else.
      const given = scope._attributes ?? scope.getScopeData?.().attributes;
      const user = withUser && (scope._user ?? scope.getScopeData?.().user);
      const found = given && !isEmpty(given) ? findKept(given, given) : NOT_FOUND;
      if (!user) return found;
      // The convention for `user.id` is text; an application's own id may be a number.
      const id = user.id && String(user.id as string);
      const named = { "user.id": id, "user.name": user.username, "user.email": user.email };
      return join(findKept(user, named), found);
    },
    readMade: (given) => (given && !isEmpty(given) ? (made = find(given, made)) : NOT_FOUND),
    join,
  };
}

/** Whether an object has no members. Most scopes have no attributes. */
export function isEmpty(given: object): boolean {
  for (const _ in given) return false;
  return true;
}

/** Whether an object still has these attributes, and none that can change without being replaced. */
function isSame(entries: readonly Entry[], given: object): boolean {
  let i = 0;
  for (const key in given) {
    const value = given[key as never] as unknown;
    if (value === undefined || value === null) continue;
    const entry = entries[i++];
    if (!entry || entry[0] !== key || entry[1] !== value || typeof value === "object") return false;
  }
  return i === entries.length;
}
