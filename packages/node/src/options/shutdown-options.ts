import { resolveShutdownTimeout, warn } from "./shutdown-timeout.js";
import { stateFolder } from "./state-folder.js";

/** What happens to metrics that wait when the process ends. */
export interface ShutdownOptions {
  /** How long the end of the process may wait for answers, in milliseconds. Default: 2000. */
  timeout?: number | undefined;
  /**
   * Folder that keeps what could not be sent, for the next process with the same DSN. `false`: none,
   * and what cannot be sent in time is lost. Default: `spanmeter` in the user's folder for state
   * (`$XDG_STATE_HOME` or `~/.local/state`, `~/Library/Application Support`, `%LOCALAPPDATA%`).
   */
  spool?: string | false | undefined;
}

export interface Shutdown {
  readonly timeout: number;
  readonly spool: string | false;
}

/** Fills in the defaults; invalid values are logged once each, by name, with the value used instead. */
export function resolveShutdown(given: unknown): Shutdown {
  const { spool } = Object(given) as Record<string, unknown>;
  return { timeout: resolveShutdownTimeout(given), spool: folderOf(spool) };
}

function folderOf(spool: unknown): string | false {
  if (spool === false || (typeof spool === "string" && spool.trim() !== "")) return spool;
  const folder = stateFolder();
  if (spool !== undefined)
    warn(`"shutdown.spool" must be a folder or false; ${JSON.stringify(folder)} is used`);
  return folder;
}
