import type { Diagnostics } from "../contract/engine.js";
import type { PlatformConsole, PlatformServices } from "../contract/platform.js";

/** How many different messages are remembered; further ones are not logged. */
const MAX_MESSAGES = 500;

/** Logs to the platform's console. With `debug` it also logs every step. */
export function createDiagnostics(
  platform: PlatformServices,
  debug: boolean | undefined,
): Diagnostics {
  const { console } = platform;
  const logged = new Set<string>();

  function isNew(about: string): boolean {
    return !logged.has(about) && logged.size < MAX_MESSAGES && Boolean(logged.add(about));
  }

  return {
    step: debug ? (...words) => logTo(console, "log", ...words) : undefined,
    warn(about, sentence) {
      if (__DEV__ && (debug || platform.development) && isNew(about))
        logTo(console, "warn", sentence);
    },
    error(text, ...cause) {
      if (isNew(text)) logTo(console, "error", text, ...cause);
    },
  };
}

/** Logs a line of Spanmeter. A console that an application replaced may throw; this function never does. */
export function logTo(
  console: PlatformConsole,
  level: keyof PlatformConsole,
  ...words: unknown[]
): void {
  try {
    console[level]("[spanmeter]", ...words);
  } catch {}
}
