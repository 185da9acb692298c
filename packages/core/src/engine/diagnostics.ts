import type { Diagnostics } from "../contract/engine.js";
import type { PlatformServices } from "../contract/platform.js";

/** How many different messages are remembered; further ones are not logged. */
const MAX_MESSAGES = 500;

/** Logs to the platform's console. With `debug` it also logs every step. */
export function createDiagnostics(
  { console, development }: PlatformServices,
  debug: boolean | undefined,
): Diagnostics {
  const logged = new Set<string>();

  function isNew(about: string): boolean {
    return !logged.has(about) && logged.size < MAX_MESSAGES && Boolean(logged.add(about));
  }

  function log(level: "log" | "warn" | "error", ...words: unknown[]): void {
    // A console that an application replaced may throw.
    try {
      console[level]("[spanmeter]", ...words);
    } catch {}
  }

  return {
    step: debug ? (...words) => log("log", ...words) : undefined,
    warn(about, sentence) {
      if (__DEV__ && (debug || development) && isNew(about)) log("warn", sentence);
    },
    error(text, ...cause) {
      if (isNew(text)) log("error", text, ...cause);
    },
  };
}
