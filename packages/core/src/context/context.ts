import { copyAttributes, type Bag } from "../attributes.js";
import type { MetricOptions, Trace } from "../metric.js";
import type { World } from "../world.js";
import { scopeAttributes, isSame } from "./attributes-around.js";
import { activeTrace } from "./active-trace.js";
import { lookAtSentry, traceOf, type Sight } from "./sentry.js";
import { readTrace, type Answer } from "./trace.js";

type Source = () => Answer | null | undefined;

/** Where a call belongs, and amid what it is made. */
export interface Context {
  /** What every metric has unless someone says otherwise. */
  readonly defaults: Bag;
  /** Adds to the attributes of every metric from here on. */
  set(attributes: unknown): void;
  /** Runs `fn` with more attributes for what it records. */
  within<T>(attributes: unknown, fn: () => T): T;
  /** The trace an application names, if it is one. */
  named(trace: Answer | undefined): Trace | undefined;
  /**
   * The trace of a call: its own options, then the sources in order, then the fallback. And what it
   * gets besides its own attributes: the same object as long as nothing around it changes.
   * Precedence: `withAttributes` > client > Sentry scope > defaults.
   */
  locate(options: MetricOptions): { readonly trace: Trace; readonly base: Bag };
}

export function createContext(world: World, fallback: Trace): Context {
  const { global, settings, momentAttributes } = world;
  const sources: readonly Source[] = settings.traceSources ?? [
    () => activeTrace(global, sight),
    ...world.traceSources(),
  ];
  // The few that Sentry asks for (wire.md 1.3).
  const defaults = copyAttributes({
    "sentry.release": settings.release,
    "sentry.environment": settings.environment,
    "sentry.sdk.name": world.sdk.name,
    "sentry.sdk.version": world.sdk.version,
    "server.address": settings.serverName || undefined,
  });
  const storage = world.createAttributeContext();
  let client = copyAttributes(settings.attributes);
  let sight: Sight | undefined;
  // A span is asked for many metrics in a row: its ids are checked when they first appear.
  let last = fallback;
  // What the last call got, and from what: calls in a row mostly get the same.
  let found: object | undefined;
  let inner: Bag | undefined;
  let base: Bag | undefined;

  function ask<T>(source: (given: T) => Answer | null | undefined, given: T): Trace | undefined {
    try {
      const answer = source(given);
      if (answer) {
        if (answer.traceId === last.traceId && answer.spanId === last.spanId) return last;
        const trace = readTrace(answer);
        return trace && (last = trace);
      }
    } catch (error) {
      world.error("trace source threw", error);
    }
    return undefined;
  }

  function named(given: Answer | undefined): Trace | undefined {
    const trace = given && ask((same) => same, given);
    if (__DEV__ && given && !trace)
      world.warn(
        "trace",
        'The "trace" option needs a traceId of 32 hex digits, and a spanId of 16 if any; the active trace was used.',
      );
    return trace;
  }

  /** What the moment and a Sentry SDK add, current scope last; nothing is the usual case. */
  function look(scope: MetricOptions["scope"]): object | undefined {
    const before = sight;
    sight = undefined;
    try {
      sight = lookAtSentry(global, before);
      return scopeAttributes(momentAttributes?.(sight?.current), sight, scope, settings.sendDefaultPii);
    } catch (error) {
      world.error("scope threw", error);
    }
    return undefined;
  }

  return {
    defaults,
    set(attributes) {
      client = { ...client, ...copyAttributes(attributes) };
      base = undefined;
    },
    within: (attributes, fn) =>
      storage.run({ ...storage.current(), ...copyAttributes(attributes) }, fn),
    named,
    locate({ trace: given, scope }) {
      const nowFound = look(scope);
      const nowInner = storage.current();
      if (!base || nowInner !== inner || !isSame(found, nowFound))
        base = {
          ...defaults,
          ...copyAttributes((found = nowFound), true),
          ...client,
          ...(inner = nowInner),
        };
      let trace = named(given);
      if (scope) trace ??= ask(traceOf, scope);
      for (const source of sources) trace ??= ask(source, undefined);
      return { trace: trace ?? fallback, base };
    },
  };
}
