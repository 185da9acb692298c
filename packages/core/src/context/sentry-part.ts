import type { Engine } from "../contract/engine.js";
import type { AttributeMap, ScopeLike } from "../contract/metric.js";
import type { Options, Settings } from "../contract/options.js";
import type { Part, SdkReader } from "../contract/part.js";
import { NOTHING } from "../engine/attributes.js";
import { createReadKnownScopes, knownTraceOf } from "./known-scopes.js";
import { rememberLocation } from "./remembered-location.js";
import { createReadScopes } from "./scope-attributes.js";
import {
  readSentry,
  traceOf,
  type SentryClient,
  type SentryOptions,
  type SentryState,
} from "./sentry.js";

/** Attributes that only this moment knows, such as the active replay, by the current Sentry scope. */
type ReadMoment = (scope: ScopeLike) => object | undefined;

/** How a reader finds what it has read before. */
interface Memory {
  readonly createReadScopes: typeof createReadScopes;
  readonly traceOf: typeof traceOf;
  readonly rememberLocation?: typeof rememberLocation;
}

/**
 * Reads the Sentry SDK beside the client, of any major from 8 to 11: metrics get its trace and the
 * attributes of its scopes, and its options are defaults of the client's. It is never changed.
 */
export const sentry = (readMoment?: ReadMoment): Part => ({
  createSdkReader: (engine, given) =>
    createSdkReader(engine, given, { createReadScopes, traceOf }, readMoment),
});

/** Reads the Sentry SDK like {@link sentry}, for servers, where many requests take turns: more code, and faster. */
export const serverSentry = (): Part => ({
  createSdkReader: (engine, given) =>
    createSdkReader(engine, given, {
      createReadScopes: createReadKnownScopes,
      traceOf: knownTraceOf,
      rememberLocation,
    }),
});

function createSdkReader(
  engine: Engine,
  given: Options,
  memory: Memory,
  readMoment?: ReadMoment,
): SdkReader {
  const { guard, platform, settings } = engine;
  const readScopes = memory.createReadScopes(guard);
  let state: SentryState | undefined;
  let client: SentryClient | undefined;

  function read(): object | undefined {
    const before = state;
    // A read that fails must not leave the one before it in place.
    state = undefined;
    try {
      state = readSentry(platform.global, before);
      if (state && state.client !== client)
        // Read once, since `Sentry.close()` changes the options of a client.
        inherit((client = state.client).getOptions?.(), given, settings, engine);
    } catch (error) {
      engine.error("reading the Sentry SDK threw", error);
    }
    return state?.client;
  }

  function attributes(scope?: ScopeLike): AttributeMap {
    if (!state && !scope) return NOTHING;
    const current = state?.current;
    const moment = current && readMoment && guard(() => readMoment(current));
    const scopes = [state?.carrier.globalScope, state?.isolation, scope ?? current];
    return readScopes(scopes, settings.sendDefaultPii, moment);
  }

  function trace(scope?: ScopeLike): ReturnType<SdkReader["trace"]> {
    if (scope) return memory.traceOf(scope);
    return state && memory.traceOf(state.current, state.carrier);
  }

  const { rememberLocation } = memory;
  return {
    read,
    attributes,
    trace,
    ...(rememberLocation && {
      remember: (calls) => rememberLocation(calls, settings, () => state),
    }),
  };
}

/** The options that a Sentry SDK gives defaults to. */
const INHERITED = [
  "dsn",
  "tunnel",
  "release",
  "environment",
  "dist",
  "sendDefaultPii",
] as readonly "dsn"[];

/**
 * Takes the options of a Sentry client as defaults: below the options given to this client, above those of
 * the platform (environment variables).
 */
function inherit(
  options: SentryOptions = {},
  given: Options,
  settings: Settings,
  { platform }: Engine,
): void {
  const theirs: Options = {
    // Major 11 collects the user by default; here only an explicit `true` counts.
    sendDefaultPii: options.dataCollection?.userInfo,
    ...options,
  };
  // Nothing is sent beside an SDK that is turned off, whatever DSN the environment names.
  if (options.enabled === false) theirs.dsn = "";
  // A tunnel may be made for one project alone, as Next's is.
  if (given.dsn && given.dsn !== theirs.dsn) theirs.tunnel = undefined;
  for (const name of INHERITED)
    if (given[name] == null) settings[name] = theirs[name] ?? platform.defaults[name];
}
