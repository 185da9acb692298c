import type { Engine } from "../contract/engine.js";
import type { AttributeMap, ScopeLike } from "../contract/metric.js";
import type { Options, Settings } from "../contract/options.js";
import type { Part, SdkReader } from "../contract/part.js";
import { NOTHING } from "../engine/attributes.js";
import { createScopeAttributes, isEmpty, NOT_FOUND, type Found } from "./scope-attributes.js";
import {
  readSentry,
  traceOf,
  type SentryClient,
  type SentryOptions,
  type SentryScope,
  type SentryState,
} from "./sentry.js";

/** Attributes that only this moment knows, such as the active replay, by the current Sentry scope. */
type ReadMoment = (scope: ScopeLike) => object | undefined;

/**
 * Reads the Sentry SDK beside the client, of any major from 8 to 11: metrics get its trace and the
 * attributes of its scopes, and its options are defaults of the client's. It is never changed.
 */
export const sentry = (readMoment?: ReadMoment): Part => ({
  createSdkReader: (engine, given) => createSdkReader(engine, given, readMoment),
});

function createSdkReader(engine: Engine, given: Options, readMoment?: ReadMoment): SdkReader {
  const { guard, platform, settings } = engine;
  let state: SentryState | undefined;
  let client: SentryClient | undefined;
  const { join, read: readScope, readMade } = createScopeAttributes();

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

  function addScope(found: Found, scope: SentryScope | undefined): Found {
    if (!scope) return found;
    try {
      return join(found, readScope(scope, settings.sendDefaultPii));
    } catch (error) {
      guard(() => {
        throw error;
      });
      return found;
    }
  }

  function attributes(scope?: ScopeLike): AttributeMap {
    const current = state?.current;
    if (!scope && !readMoment && (!state || hasNothing(state, settings.sendDefaultPii)))
      return NOTHING;
    let found = NOT_FOUND;
    if (current && readMoment) found = guard(() => readMade(readMoment(current))) ?? found;
    found = addScope(found, state?.carrier.globalScope);
    found = addScope(found, state?.isolation);
    return addScope(found, scope ?? current).attributes;
  }

  function trace(scope?: ScopeLike): ReturnType<SdkReader["trace"]> {
    if (scope) return traceOf(scope);
    return state && traceOf(state.current, state.carrier);
  }

  return { read, attributes, trace };
}

/** Whether no scope has attributes: most calls find out without anything else. */
function hasNothing({ carrier, current, isolation }: SentryState, withUser?: boolean): boolean {
  if (withUser) return false;
  const { globalScope } = carrier;
  try {
    return (
      hasNoAttributes(current) &&
      (!isolation || hasNoAttributes(isolation)) &&
      (!globalScope || hasNoAttributes(globalScope))
    );
  } catch {
    return false;
  }
}

const hasNoAttributes = ({ _attributes }: SentryScope): boolean =>
  _attributes !== undefined && isEmpty(_attributes);

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
