import type { Diagnostics } from "../diagnostics.js";
import { flatten, merge, type Flat } from "../flat.js";
import type { MetricOptions } from "../metric.js";
import type { AttributeContext, Platform } from "../platform.js";
import type { Base } from "../waiting.js";
import { flattenScope } from "./scope-attributes.js";
import { createSentryReader, type SentryScope, type SentryUser } from "./sentry.js";
import { flatSize } from "../size.js";

/** The attributes around a call. */
export interface AttributesAround {
  /** Adds to the attributes of every metric from here on. */
  set(attributes: unknown): void;
  /** Runs `fn` with more attributes for what it records. */
  within<T>(attributes: unknown, fn: () => T): T;
  /** Joins the call's own attributes with those around it. */
  join(options: MetricOptions | undefined): Joined;
}

/** Attributes of one metric; `base` holds the shared ones when they need no merging. */
export interface Joined {
  readonly attributes: Flat;
  readonly base: Base | undefined;
}

interface Settings {
  readonly attributes: Flat;
  readonly defaults: Flat;
  readonly sendDefaultPii: boolean;
}

/** Precedence: call > `withAttributes` > client > Sentry scope (current > isolation > global) > defaults. */
export function createAttributesAround(
  settings: Settings,
  platform: Platform,
  diagnostics: Diagnostics,
): AttributesAround {
  const sentry = createSentryReader(platform.global);
  let client = settings.attributes;
  let base = createBase(merge(settings.defaults, client));
  let context: AttributeContext | undefined;

  /** What a Sentry SDK and the moment add, or nothing, which is the usual and cheap case. */
  function fromScopes(scope: SentryScope | undefined): Flat | undefined {
    const lists: Flat[] = [];
    let user: SentryUser = {};
    const moment = platform.momentAttributes?.();
    if (moment) lists.push(moment);
    for (const each of sentry.scopes(scope)) {
      const data = each.getScopeData?.();
      if (data?.user) user = { ...user, ...data.user };
      if (data?.attributes) lists.push(flattenScope(data.attributes));
    }
    if (settings.sendDefaultPii) lists.unshift(userAttributes(user));
    return lists.some((list) => list.length > 0) ? merge(...lists) : undefined;
  }

  function attemptScopes(scope: SentryScope | undefined): Flat | undefined {
    try {
      return fromScopes(scope);
    } catch (error) {
      diagnostics.error("Attributes of a Sentry scope could not be read and were left out.", error);
      return undefined;
    }
  }

  return {
    set(attributes) {
      client = merge(client, flatten(attributes));
      base = createBase(merge(settings.defaults, client));
    },
    within(attributes, fn) {
      context ??= platform.createAttributeContext();
      return context.run(merge(context.current(), flatten(attributes)), fn);
    },
    join(options) {
      const own = flatten(options?.attributes);
      const around = context?.current();
      const scoped = attemptScopes(options?.scope as SentryScope | undefined);
      if (scoped)
        return {
          attributes: merge(settings.defaults, scoped, client, around, own),
          base: undefined,
        };
      return { attributes: around ? merge(around, own) : own, base };
    },
  };
}

function createBase(attributes: Flat): Base {
  const keys = new Set<string>();
  for (let i = 0; i < attributes.length; i += 2) keys.add(attributes[i] as string);
  return { attributes, keys, bytes: flatSize(attributes) };
}

function userAttributes(user: SentryUser): Flat {
  return flatten({ "user.id": user.id, "user.name": user.username, "user.email": user.email });
}
