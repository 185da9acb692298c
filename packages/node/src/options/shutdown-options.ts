import { resolveShutdownTimeout, warn } from "./shutdown-timeout.js";
import { stateFolder } from "./state-folder.js";

/** How pending metrics are sent or stored when the process ends. */
export interface ShutdownOptions {
  /**
   * How long the end of the process may wait for answers, in milliseconds.
   * @default 2000
   */
  timeout?: number | undefined;
  /**
   * The folder that stores metrics that could not be sent in time, for the next process with the same
   * DSN. `false` stores nothing: such metrics are dropped.
   * @default `spanmeter` in the user's state folder: `$XDG_STATE_HOME` or `~/.local/state`, `~/Library/Application Support`, `%LOCALAPPDATA%`
   */
  spool?: string | false | undefined;
}

/** The `shutdown` option with its defaults filled in. */
export interface ShutdownSettings {
  /** In milliseconds. */
  readonly timeout: number;
  /** A folder, or `false` for none. */
  readonly spool: string | false;
}

/** Fills in the defaults. Invalid values are logged once each, by name, with the value used instead. */
export function resolveShutdown(options: unknown): ShutdownSettings {
  const { spool } = Object(options) as Record<string, unknown>;
  return { timeout: resolveShutdownTimeout(options), spool: resolveSpool(spool) };
}

function resolveSpool(spool: unknown): string | false {
  if (spool === false || (typeof spool === "string" && spool.trim() !== "")) return spool;
  const folder = stateFolder();
  if (spool !== undefined)
    warn(`"shutdown.spool" must be a folder or false; ${JSON.stringify(folder)} is used`);
  return folder;
}
