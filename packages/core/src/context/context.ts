import { copyAttributes, type Bag } from "../attributes.js";
import type { MetricOptions, Trace } from "../metric.js";
import type { World } from "../world.js";
import { addEntries, addScope, isNew, type Entry } from "./scope-attributes.js";
import { activeTrace } from "./active-trace.js";
import { lookAtSentry, traceOf, type Sight } from "./sentry.js";
import { createAsk, type Answer } from "./trace.js";

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
  const ask = createAsk(world, fallback);
  const storage = world.createAttributeContext();
  let client = copyAttributes(settings.attributes);
  let sight: Sight | undefined;
  // What the last call got, and from what. Calls in a row mostly get the same, so what is around them
  // is only compared, and copied when it is new.
  let now: Entry[] = [];
  let seen = now;
  let inner: Bag | undefined;
  let base: Bag | undefined;

  function named(given: Answer | undefined): Trace | undefined {
    const trace = ask((same) => same, given);
    if (__DEV__ && given && !trace)
      world.warn(
        "trace",
        'The "trace" option needs a traceId of 32 hex digits, and a spanId of 16 if any; the active trace was used.',
      );
    return trace;
  }

  /** What the moment and a Sentry SDK add, the nearest scope last; nothing is the usual case. */
  function look(scope: MetricOptions["scope"]): void {
    // A look that fails must not leave the one before it standing.
    const before = sight;
    sight = undefined;
    sight = lookAtSentry(global, before);
    addEntries(now, momentAttributes?.(sight?.current));
    for (const each of [sight?.carrier.globalScope, sight?.isolation, scope ?? sight?.current])
      addScope(now, each, settings.sendDefaultPii);
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
      now = [];
      ask(look, scope);
      const nowInner = storage.current();
      if (!base || nowInner !== inner || isNew(now, seen))
        base = {
          ...defaults,
          ...copyAttributes(Object.fromEntries((seen = now))),
          ...client,
          ...(inner = nowInner),
        };
      let trace = given && named(given);
      if (scope) trace ||= ask(traceOf, scope);
      for (let i = 0; !trace && i < sources.length; i++) trace = ask(sources[i] as Source);
      return { trace: trace || fallback, base };
    },
  };
}
