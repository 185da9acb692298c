import { copyAttributes, withoutRemoved, type Bag } from "../engine/attributes.js";
import type { MetricOptions, Trace } from "../contract/metric.js";
import type { World } from "../engine/engine.js";
import { activeTrace } from "./active-trace.js";
import { addEntries, addScope, isNew, type Entry } from "./scope-attributes.js";
import { traceOf, type SentryState } from "./sentry.js";
import { createReadTrace, type TraceIds } from "./trace.js";

// What threw, as a developer reads it.

type Source = () => TraceIds | null | undefined;

/** The trace and the surrounding attributes of a call. */
export interface Context {
  /** What every metric has unless someone says otherwise. */
  defaults(): Bag;
  /** Changes the attributes of every metric from here on; `undefined` and `null` remove one. */
  set(attributes: unknown): void;
  /** Runs `fn` with changed attributes for what it records. */
  within<T>(attributes: unknown, fn: () => T): T;
  /** The attributes of the `withAttributes` that is running. */
  around(): Bag | undefined;
  /** The trace an application names, if it is one. */
  named(trace: TraceIds | undefined): Trace | undefined;
  /**
   * The trace of a call: its own options, then the sources in order, then the fallback. And what it
   * gets besides its own attributes: the same object as long as nothing around it changes.
   * Precedence: `withAttributes` > client > Sentry scope > defaults.
   */
  locate(options: MetricOptions): { readonly trace: Trace; readonly base: Bag };
}

export function createContext(
  world: World,
  readSentry: () => SentryState | undefined,
  fallback: Trace,
): Context {
  const { global, guard, settings, momentAttributes } = world;
  const sources: readonly Source[] = settings.traceSources ?? [
    () => activeTrace(global, sentry),
    ...(guard(world.traceSources) ?? []),
  ];
  const readTrace = createReadTrace(world, fallback);
  const storage = guard(world.createAttributeContext);
  let client = copyAttributes(settings.attributes);
  let sentry: SentryState | undefined;
  /** The client of the Sentry SDK whose options `defaults` were read from. */
  let lastClient: object | undefined;
  let defaults = readDefaults();
  // What the last call got, and from what. Calls in a row mostly get the same, so what is around them
  // is only compared, and copied when it is new.
  let now: Entry[] = [];
  let seen = now;
  let inner: Bag | undefined;
  let base: Bag | undefined;

  /** The few that Sentry asks for (wire.md 1.3), and its convention for `dist`. */
  function readDefaults(): Bag {
    return copyAttributes({
      "sentry.release": settings.release,
      "sentry.environment": settings.environment,
      "sentry.dist": settings.dist,
      "sentry.sdk.name": world.sdk.name,
      "sentry.sdk.version": world.sdk.version,
      "server.address": settings.serverName || undefined,
    });
  }

  /** Without the guard, which costs every call more than the look itself. */
  function around(): Bag | undefined {
    try {
      return storage?.current();
    } catch {
      return undefined;
    }
  }

  function named(given: TraceIds | undefined): Trace | undefined {
    const trace = readTrace((same) => same, given);
    if (__DEV__ && given && !trace)
      world.warn(
        "trace",
        'The "trace" option needs a traceId of 32 hex digits, and a spanId of 16 if any; the active trace was used.',
      );
    return trace;
  }

  /** What the moment and a Sentry SDK add, the nearest scope last; nothing is the usual case. */
  function readSurroundings(given: MetricOptions["scope"]): void {
    now = [];
    sentry = readSentry();
    if (sentry && sentry.client !== lastClient) {
      lastClient = sentry.client;
      defaults = readDefaults();
      base = undefined;
    }
    // Only then: even the function for the guard costs a call more than the look.
    if (momentAttributes) guard(() => addEntries(now, momentAttributes(sentry?.current)));
    for (const scope of [sentry?.carrier.globalScope, sentry?.isolation, given ?? sentry?.current])
      if (scope) guard(() => addScope(now, scope, settings.sendDefaultPii));
  }

  return {
    defaults: () => defaults,
    set(attributes) {
      client = { ...client, ...copyAttributes(attributes, true) };
      base = undefined;
    },
    within(attributes, fn) {
      const surrounding = { ...around(), ...copyAttributes(attributes, true) };
      return storage ? storage.run(surrounding, fn) : fn();
    },
    around,
    named,
    locate({ trace: given, scope: givenScope }) {
      readSurroundings(givenScope);
      const nowInner = around();
      if (!base || nowInner !== inner || isNew(now, seen))
        base = withoutRemoved({
          ...defaults,
          ...copyAttributes(Object.fromEntries((seen = now))),
          ...client,
          ...(inner = nowInner),
        });
      let trace = given && named(given);
      if (givenScope) trace ||= readTrace(traceOf, givenScope);
      for (let i = 0; !trace && i < sources.length; i++) trace = readTrace(sources[i] as Source);
      return { trace: trace || fallback, base };
    },
  };
}
