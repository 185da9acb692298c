import type { Platform } from "../contract/platform.js";

/** What Spanmeter says on the console. It says nothing in production unless asked. */
export interface Diagnostics {
  /** Present only with `debug`: tells one step, which costs nothing otherwise. */
  step?: (...words: unknown[]) => void;
  say(level: "log" | "warn" | "error", ...words: unknown[]): void;
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

export function createDiagnostics({ console, development }: Platform): Diagnostics {
  const told = new Set<string>();

  function isNew(about: string): boolean {
    return !told.has(about) && told.size < MAX_TOLD && Boolean(told.add(about));
  }

  const diagnostics: Diagnostics = {
    say(level, ...words) {
      // A console that an application replaced may throw; telling must never break it.
      try {
        console[level]("[spanmeter]", ...words);
      } catch {}
    },
    warn(about, sentence) {
      if (__DEV__ && (diagnostics.step || development) && isNew(about))
        diagnostics.say("warn", sentence);
    },
    error(text, ...cause) {
      if (isNew(text)) diagnostics.say("error", text, ...cause);
    },
  };
  return diagnostics;
}
