import type { PlatformConsole } from "./platform.js";

/** What Spanmeter says on the console. It says nothing in production unless asked. */
export interface Diagnostics {
  /** Present only with `debug`: tells one step, so that building the text costs nothing otherwise. */
  readonly step: ((text: string) => void) | undefined;
  /**
   * Tells a developer once per problem and name what to mend, in development or with `debug`. The
   * production build carries no sentences: there the problem's word and the name must do, and
   * docs/warnings.md says the rest.
   */
  warn(problem: Problem, name: unknown, sentence: string | false): void;
  /** Tells of a wrong set-up or a throwing callback, once, in every build. */
  error(text: string, cause?: unknown): void;
}

/** The words of the warnings, in the order of docs/warnings.md. */
export type Problem =
  | "invalid"
  | "name"
  | "unit"
  | "conflict"
  | "size"
  | "timestamp"
  | "trace"
  | "rate"
  | "hook";

/** How many different things are remembered as said; the ones beyond it stay unsaid. */
const MAX_TOLD = 500;

const PREFIX = "[spanmeter]";

export function createDiagnostics(
  console: Pick<PlatformConsole, "log" | "warn" | "error">,
  debug: boolean,
  development: boolean,
): Diagnostics {
  const told = new Set<string>();

  function say(level: "log" | "warn" | "error", ...words: unknown[]): void {
    // A console that an application replaced may throw; telling must never break it.
    try {
      console[level](PREFIX, ...words);
    } catch {}
  }

  function isNew(key: string): boolean {
    return !told.has(key) && told.size < MAX_TOLD && Boolean(told.add(key));
  }

  return {
    step: debug ? (text) => say("log", text) : undefined,
    warn(problem, name, sentence) {
      const key = `${problem} ${String(name).slice(0, 200)}`;
      if ((debug || development) && isNew(key)) say("warn", sentence || key);
    },
    error(text, cause) {
      if (isNew(text)) say("error", ...(cause === undefined ? [text] : [text, cause]));
    },
  };
}
