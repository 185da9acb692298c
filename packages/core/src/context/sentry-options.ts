import type { Options } from "../contract/options.js";
import type { World } from "../engine/engine.js";
import { readSentry, type SentryOptions, type SentryState } from "./sentry.js";

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
 * Returns a function that reads the Sentry SDK beside this client. Whenever that SDK has a new client,
 * because it was initialised later or again, the options of its client become the defaults of ours:
 * below the options given to this client, above those of the platform (environment variables).
 *
 * The options of a Sentry client are read once, since `Sentry.close()` changes them. Never throws.
 */
export function createSentryReader(world: World, given: Options): () => SentryState | undefined {
  const { defaults, settings } = world;
  let state: SentryState | undefined;
  let client: SentryState["client"] | undefined;

  function inherit(options: SentryOptions = {}): void {
    const theirs: Options = {
      // Major 11 collects the user unless told otherwise; here only an explicit `true` counts.
      sendDefaultPii: options.dataCollection?.userInfo,
      ...options,
    };
    // Nothing is sent beside an SDK that is turned off, whatever DSN the environment names.
    if (options.enabled === false) theirs.dsn = "";
    // A tunnel may be made for one project alone, as Next's is.
    if (given.dsn && given.dsn !== theirs.dsn) theirs.tunnel = undefined;
    for (const name of INHERITED)
      if (given[name] == null) settings[name] = theirs[name] ?? defaults[name];
  }

  return () => {
    const before = state;
    // A read that fails must not leave the one before it standing.
    state = undefined;
    try {
      state = readSentry(world.global, before);
      if (state && state.client !== client) inherit((client = state.client).getOptions?.());
    } catch (error) {
      world.error("reading the Sentry SDK threw", error);
    }
    return state;
  };
}
