import type { Platform } from "./platform.js";

/** What Spanmeter says on the console. It says nothing in production unless asked. */
export interface Diagnostics {
  /** Present only with `debug`: tells one step, which costs nothing otherwise. */
  readonly step: ((...words: unknown[]) => void) | undefined;
  /**
   * Tells a developer, once per `about`, what to mend: in development, or with `debug`. Callers stand
   * behind `__DEV__`, so that the production build of a page carries no such sentence.
   */
  warn(about: string, sentence: string): void;
  /** Tells of a wrong set-up or a throwing callback, once per text, in every build. */
  error(text: string, cause?: unknown): void;
}

/** How many different things are remembered as said; the ones beyond it stay unsaid. */
const MAX_TOLD = 500;

export function createDiagnostics(
  { console, development }: Platform,
  debug?: boolean,
): Diagnostics {
  const told = new Set<string>();

  function say(level: "log" | "warn" | "error", ...words: unknown[]): void {
    // A console that an application replaced may throw; telling must never break it.
    try {
      console[level]("[spanmeter]", ...words);
    } catch {}
  }

  function isNew(about: string): boolean {
    return !told.has(about) && told.size < MAX_TOLD && Boolean(told.add(about));
  }

  return {
    step: debug ? (...words) => say("log", ...words) : undefined,
    warn(about, sentence) {
      if (__DEV__ && (debug || development) && isNew(about)) say("warn", sentence);
    },
    error(text, ...cause) {
      if (isNew(text)) say("error", text, ...cause);
    },
  };
}
