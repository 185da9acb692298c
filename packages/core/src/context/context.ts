import type { Engine } from "../contract/engine.js";
import type { AttributeMap, MetricOptions, Trace, TraceIds } from "../contract/metric.js";
import type { SdkReader } from "../contract/part.js";
import type { Location } from "../contract/stage.js";
import type { Merged } from "../contract/volume.js";
import { copyAttributes, NOTHING, withoutRemoved } from "../engine/attributes.js";
import { locationOf } from "../engine/waiting-metric.js";
import { VERSION } from "../engine/version.js";
import { createReadTrace } from "./trace.js";

type Source = (scope?: MetricOptions["scope"]) => TraceIds | null | undefined;

/** Finds the trace and the shared attributes of a call. */
export interface Context {
  /** The attributes of every metric, below all others in precedence. */
  defaults(): AttributeMap;
  /** The shared attributes of a call now. */
  around(): AttributeMap;
  /** The attributes of the client, with `undefined` for those that were removed. */
  client(): AttributeMap;
  /** Changes the attributes of every metric from here on; `undefined` and `null` remove one. */
  set(attributes: unknown): void;
  /** Runs `fn`; metrics recorded inside get the attributes. */
  within<T>(attributes: unknown, fn: () => T): T;
  /** The attributes of the `withAttributes` that is running. */
  surrounding(): AttributeMap | undefined;
  /** The trace that an application names, if it is a valid one. */
  named(trace: TraceIds | undefined): Trace | undefined;
  /**
   * The trace of a call: its own options, then the sources in order, then the fallback. And its shared
   * attributes: the same object as long as none of them changes. Precedence: `withAttributes` > client >
   * Sentry scope > defaults.
   */
  locate(options: MetricOptions): Location;
}

/** The defaults that say what was running. */
const SLIM: readonly string[] = ["sentry.release", "sentry.environment", "sentry.dist"];

/** Finds traces and attributes for one client. */
export function createContext(
  engine: Engine,
  sdk: SdkReader | undefined,
  /** Read after the Sentry SDK. */
  traceSources: readonly Source[],
  fallback: Trace,
  /** Present where calls are folded by the identity of their shared attributes. */
  merged?: Merged,
): Context {
  const { guard, platform, settings } = engine;
  const sources = settings.traceSources ?? [...(sdk ? [sdk.trace] : []), ...traceSources];
  const readTrace = createReadTrace(engine, fallback);
  const storage = guard(() => platform.createAttributeContext());
  let client = copyAttributes(settings.attributes);
  /** The client of the Sentry SDK whose options `defaults` were read from. */
  let sdkClient: object | undefined;
  let defaults = readDefaults();
  // The location of the last call, and where its attributes came from: calls in a row mostly have the same ones.
  let lastAround: AttributeMap | undefined;
  let lastInner: AttributeMap | undefined;
  let lastShared: AttributeMap = NOTHING;
  let last: Location = locationOf(fallback, NOTHING);
  const remembered =
    sdk && sources[0] === sdk.trace
      ? sdk.remember?.({
          locate: () => readLocation(),
          isOfSdk: (trace) => trace === readTrace(sdk.trace),
          surrounding,
        })
      : undefined;

  /**
   * The few attributes that Sentry asks for (docs/protocol.md#default-attributes), and its convention for
   * `dist`.
   */
  function readDefaults(): AttributeMap {
    const all = copyAttributes({
      "sentry.release": settings.release || undefined,
      "sentry.environment": settings.environment || undefined,
      "sentry.dist": settings.dist || undefined,
      // Who recorded it: the header of the envelope may name a Sentry SDK.
      "sentry.sdk.name": platform.sdkName,
      "sentry.sdk.version": VERSION,
      "server.address": settings.serverName || undefined,
    });
    const { defaultAttributes = "standard" } = settings;
    if (defaultAttributes === "standard") return all;
    const names = defaultAttributes === "slim" ? SLIM : defaultAttributes;
    return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
  }

  /** Without the guard, which costs every call more than the read itself. */
  function surrounding(): AttributeMap | undefined {
    try {
      return storage?.current();
    } catch {
      return undefined;
    }
  }

  function named(given: TraceIds | undefined): Trace | undefined {
    const trace = readTrace((ids) => ids, given);
    if (__DEV__ && given && !trace)
      engine.warn(
        "trace",
        'The "trace" option needs a traceId of 32 hex digits, and a spanId of 16 if any; the active trace was used.',
      );
    return trace;
  }

  function set(attributes: unknown): void {
    client = { ...client, ...copyAttributes(attributes, true) };
    forget();
  }

  function within<T>(attributes: unknown, fn: () => T): T {
    const all = { ...surrounding(), ...copyAttributes(attributes, true) };
    return storage ? storage.run(all, fn) : fn();
  }

  function forget(): void {
    merged?.clear();
    lastAround = undefined;
    remembered?.forget();
  }

  function readSharedAttributes(scope?: MetricOptions["scope"]): AttributeMap {
    const nextClient = sdk?.read();
    if (nextClient && nextClient !== sdkClient) {
      sdkClient = nextClient;
      defaults = readDefaults();
      forget();
    }
    const around = sdk ? sdk.attributes(scope) : NOTHING;
    const inner = surrounding() ?? NOTHING;
    if (around === lastAround && inner === lastInner) return lastShared;
    lastAround = around;
    lastInner = inner;
    const merge = () => withoutRemoved({ ...defaults, ...around, ...client, ...inner });
    return (lastShared = merged ? merged.of(around, inner, merge) : merge());
  }

  function locate(options: MetricOptions): Location {
    const { trace: given, scope } = options;
    return remembered && given === undefined && scope === undefined
      ? remembered.locate()
      : readLocation(given, scope);
  }

  function readLocation(given?: MetricOptions["trace"], scope?: MetricOptions["scope"]): Location {
    const sharedAttributes = readSharedAttributes(scope);
    let trace = given && named(given);
    if (scope && sdk) trace ||= readTrace(sdk.trace, scope);
    if (__DEV__ && scope && !sdk)
      engine.warn("part scope", '"scope" has no effect without the part sentry().');
    for (let i = 0; !trace && i < sources.length; i++) trace = readTrace(sources[i] as Source);
    trace ||= fallback;
    if (trace !== last.trace || sharedAttributes !== last.sharedAttributes)
      last = locationOf(trace, sharedAttributes);
    return last;
  }

  return {
    around: () => remembered?.around() ?? readSharedAttributes(),
    client: () => client,
    defaults: () => defaults,
    set,
    within,
    surrounding,
    named,
    locate,
  };
}
