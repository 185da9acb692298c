import type { PlatformConsole } from "./platform.js";

/** What Spanmeter says on the console. It says nothing in production unless asked. */
export interface Diagnostics {
  /** Present only with `debug`: tells one step, so that building the text costs nothing otherwise. */
  readonly step: ((text: string) => void) | undefined;
  /** Tells a developer once per `about` what to mend; kept quiet in production builds. */
  warn(about: string, text: string): void;
  /** Tells of a wrong set-up or a throwing callback, once per text, in every build. */
  error(text: string, cause?: unknown): void;
}

/** How many different things are remembered as said; the ones beyond it stay unsaid. */
const MAX_TOLD = 500;

const PREFIX = "[spanmeter]";

export function createDiagnostics(
  console: Pick<PlatformConsole, "log" | "warn" | "error">,
  mode: { debug: boolean; development: boolean },
): Diagnostics {
  const told = new Set<string>();
  const once = (about: string, say: () => void): void => {
    if (told.has(about) || told.size >= MAX_TOLD) return;
    told.add(about);
    // A console that an application replaced may throw; telling must never break it.
    try {
      say();
    } catch {}
  };
  return {
    step: mode.debug
      ? (text) => {
          try {
            console.log(PREFIX, text);
          } catch {}
        }
      : undefined,
    warn(about, text) {
      if (mode.debug || mode.development) once(about, () => console.warn(PREFIX, text));
    },
    error(text, cause) {
      once(text, () =>
        cause === undefined ? console.error(PREFIX, text) : console.error(PREFIX, text, cause),
      );
    },
  };
}
