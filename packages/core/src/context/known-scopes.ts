import type { AttributeMap, TraceIds } from "../contract/metric.js";
import type { Entry } from "../contract/part.js";
import { copyAttributes, NOTHING } from "../engine/attributes.js";
import { addEntries } from "./entries.js";
import { attributesOf, attributesOfUser, userOf, type ReadScopes } from "./scope-attributes.js";
import {
  spanRefOf,
  idsOf,
  traceOf,
  type Carrier,
  type SentryScope,
  type SentrySpan,
} from "./sentry.js";

/** Attributes as they were found, and as they are sent. */
interface Found {
  readonly entries: readonly Entry[];
  readonly attributes: AttributeMap;
}

const NOT_FOUND: Found = { entries: [], attributes: NOTHING };

/**
 * Reads the scopes of many requests that take turns. What was read is found again by the identity of the objects that
 * scopes hold, and compared with them, because a Sentry SDK replaces them when an attribute is set but changes them in
 * place when one is removed. Keeps no object alive.
 */
export function createReadKnownScopes(guard: (fn: () => void) => void): ReadScopes {
  const known = new WeakMap<object, Found>();
  const joined = new WeakMap<Found, WeakMap<Found, Found>>();

  function find(holder: object, given: object): Found {
    const last = known.get(holder);
    if (last && isSame(last.entries, given)) return last;
    const entries: Entry[] = [];
    addEntries(entries, given);
    const found = { entries, attributes: copyAttributes(Object.fromEntries(entries)) };
    known.set(holder, found);
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

  function readScope(scope: SentryScope, withUser: boolean | undefined): Found {
    const given = attributesOf(scope);
    const own = given && !isEmpty(given) ? find(given, given) : NOT_FOUND;
    const user = withUser ? userOf(scope) : undefined;
    return user ? join(find(user, attributesOfUser(user) as object), own) : own;
  }

  return function readKnownScopes(scopes, withUser) {
    let found = NOT_FOUND;
    for (const scope of scopes)
      try {
        if (scope) found = join(found, readScope(scope, withUser));
      } catch (error) {
        guard(() => {
          throw error;
        });
      }
    return found.attributes;
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

/** The ids of spans, or of the weak references to them: they never change. */
const knownIds = new WeakMap<object, TraceIds>();

/** Like {@link traceOf}, for many spans that take turns. */
export function knownTraceOf(scope: SentryScope, carrier?: Carrier): TraceIds {
  const spanRef = spanRefOf(scope, carrier);
  let ids = spanRef && knownIds.get(spanRef);
  if (!ids) {
    ids = idsOf(spanRef);
    if (!ids) return traceOf(scope, carrier);
    knownIds.set(spanRef as SentrySpan, ids);
  }
  return ids;
}
