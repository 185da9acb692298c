import { copyAttributes, type Bag } from "../attributes.js";
import type { ScopeLike } from "../metric.js";
import type { AttributeContext } from "../platform.js";
import type { World } from "../world.js";
import { createSentryReader, type SentryUser } from "./sentry.js";

/** The attributes around a call. Precedence: `withAttributes` > client > Sentry scope > defaults. */
export interface AttributesAround {
  /** What every metric has unless someone says otherwise. */
  readonly defaults: Bag;
  /** Adds to the attributes of every metric from here on. */
  set(attributes: unknown): void;
  /** Runs `fn` with more attributes for what it records. */
  within<T>(attributes: unknown, fn: () => T): T;
  /** What a call gets besides its own; the same object as long as nothing around it changes. */
  around(scope: ScopeLike | undefined): Bag;
}

export function createAttributesAround(world: World): AttributesAround {
  const sentry = createSentryReader(world.global);
  const { momentAttributes } = world;
  const { sendDefaultPii } = world.settings;
  // The few that Sentry asks for (wire.md 1.3).
  const defaults = copyAttributes({
    "sentry.release": world.settings.release,
    "sentry.environment": world.settings.environment,
    "sentry.sdk.name": world.sdk.name,
    "sentry.sdk.version": world.sdk.version,
    "server.address": world.settings.serverName || undefined,
  });
  let client = copyAttributes(world.settings.attributes);
  let context: AttributeContext | undefined;
  // What the last call got, and from what: calls in a row mostly get the same.
  let found: Bag | undefined;
  let inner: Bag | undefined;
  let base = merge();

  function merge(): Bag {
    return { ...defaults, ...found, ...client, ...inner };
  }

  /** What the moment and a Sentry SDK add, current scope last; nothing is the usual case. */
  function find(scope: ScopeLike | undefined): Bag | undefined {
    let all: Bag | undefined;
    try {
      all = momentAttributes?.();
      for (const each of sentry.scopes(scope)) {
        if (sendDefaultPii) all = add(all, fromUser(each?.getScopeData?.().user));
        // `getScopeData` builds a copy of everything a scope has; minified scripts have nothing else.
        all = add(all, each?._attributes ?? each?.getScopeData?.().attributes);
      }
    } catch (error) {
      world.error("scope threw", error);
    }
    return all;
  }

  return {
    defaults,
    set(attributes) {
      client = { ...client, ...copyAttributes(attributes) };
      base = merge();
    },
    within(attributes, fn) {
      context ??= world.createAttributeContext();
      return context.run({ ...context.current(), ...copyAttributes(attributes) }, fn);
    },
    around(scope) {
      const nowInner = context?.current();
      const nowFound = find(scope);
      if (nowInner !== inner || !isSame(found, nowFound)) {
        inner = nowInner;
        found = nowFound;
        base = merge();
      }
      return base;
    },
  };
}

function add(all: Bag | undefined, given: object | undefined): Bag | undefined {
  // Copies only where there is anything to copy.
  for (const _ in given) return { ...all, ...copyAttributes(unwrap(given)) };
  return all;
}

function isSame(a: Bag | undefined, b: Bag | undefined): boolean {
  return a === b || (holds(a, b) && holds(b, a));
}

/** Whether all that `part` has is the same in `whole`. */
function holds(whole: Bag = {}, part: Bag = {}): boolean {
  for (const key in part) if (part[key] !== whole[key]) return false;
  return true;
}

/** Sentry keeps scope attributes as they are or as `{ value, unit }`; only the value is used. */
function unwrap(given: object): object {
  const all: Record<string, unknown> = { ...given };
  for (const key in all) {
    const value = all[key];
    if (typeof value === "object" && value && "value" in value) all[key] = value.value;
  }
  return all;
}

function fromUser({ id, username, email }: SentryUser = {}): Record<string, unknown> {
  // The convention for `user.id` is text; an application's own id may be a number.
  return { "user.id": id && String(id as string), "user.name": username, "user.email": email };
}
