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
  const sentry = createSentryReader(world.global);
  // The few attributes every metric has unless someone says otherwise (wire.md 1.3).
  const defaults = copyAttributes({
    "sentry.release": world.settings.release,
    "sentry.environment": world.settings.environment,
    "sentry.sdk.name": world.sdk.name,
    "sentry.sdk.version": world.sdk.version,
    "server.address": world.settings.serverName || undefined,
  });
  let client = copyAttributes(world.settings.attributes);
  let shared = { ...defaults, ...client };
  let context: AttributeContext | undefined;

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
      // What the moment and a Sentry SDK add, current scope last; nothing is the usual case.
      let found: Bag | undefined;
      try {
        found = world.momentAttributes?.();
        for (const each of sentry.scopes(scope)) {
          if (!each) continue;
          const { attributes, user } = each.getScopeData?.() ?? {};
          const pii = world.settings.sendDefaultPii && user && fromUser(user);
          const all = Object.entries({ ...pii, ...attributes });
          if (all.length > 0)
            found = { ...found, ...copyAttributes(Object.fromEntries(all.map(unwrap))) };
        }
      } catch (error) {
        world.error("scope threw", error);
      }
      return found || inner ? { ...defaults, ...found, ...client, ...inner } : shared;
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
