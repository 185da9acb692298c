import { copyAttributes, type Bag } from "../attributes.js";
import type { ScopeLike } from "../metric.js";
import type { AttributeContext } from "../platform.js";
import type { World } from "../world.js";
import { createSentryReader, type SentryUser } from "./sentry.js";

/** The attributes around a call. Precedence: `withAttributes` > client > Sentry scope > defaults. */
export interface AttributesAround {
  /** Adds to the attributes of every metric from here on. */
  set(attributes: unknown): void;
  /** Runs `fn` with more attributes for what it records. */
  within<T>(attributes: unknown, fn: () => T): T;
  /** What a call gets besides its own; the same object as long as nothing around it changes. */
  around(scope: ScopeLike | undefined): Bag;
}

export function createAttributesAround(world: World): AttributesAround {
  const { settings, sdk } = world;
  const sentry = createSentryReader(world.global);
  // The few attributes every metric has unless someone says otherwise (wire.md 1.3).
  const defaults = copyAttributes({
    "sentry.release": settings.release,
    "sentry.environment": settings.environment,
    "sentry.sdk.name": sdk.name,
    "sentry.sdk.version": sdk.version,
    "server.address": settings.serverName || undefined,
  });
  let client = copyAttributes(settings.attributes);
  let shared = { ...defaults, ...client };
  let context: AttributeContext | undefined;

  /** What the moment and a Sentry SDK add, current scope last; nothing is the usual case. */
  function fromScopes(scope: ScopeLike | undefined): Bag | undefined {
    let found = world.momentAttributes?.();
    for (const each of sentry.scopes(scope)) {
      const { attributes, user } = each?.getScopeData?.() ?? {};
      const all = Object.entries({
        ...(settings.sendDefaultPii && user && fromUser(user)),
        ...attributes,
      });
      if (all.length > 0)
        found = { ...found, ...copyAttributes(Object.fromEntries(all.map(unwrap))) };
    }
    return found;
  }

  return {
    set(attributes) {
      client = { ...client, ...copyAttributes(attributes) };
      shared = { ...defaults, ...client };
    },
    within(attributes, fn) {
      context ??= world.createAttributeContext();
      return context.run({ ...context.current(), ...copyAttributes(attributes) }, fn);
    },
    around(scope) {
      const inner = context?.current();
      let scoped: Bag | undefined;
      try {
        scoped = fromScopes(scope);
      } catch (error) {
        world.error("scope threw", error);
      }
      return scoped || inner ? { ...defaults, ...scoped, ...client, ...inner } : shared;
    },
  };
}

/** Sentry keeps scope attributes as they are or as `{ value, unit }`; only the value is used. */
function unwrap([key, given]: [string, unknown]): [string, unknown] {
  return [key, typeof given === "object" && given && "value" in given ? given.value : given];
}

function fromUser({ id, username, email }: SentryUser): Record<string, unknown> {
  // The convention for `user.id` is text; an application's own id may be a number.
  return { "user.id": id && String(id as string), "user.name": username, "user.email": email };
}
