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

/** How long the end of a process may wait for what is being sent, in milliseconds. */
export const SHUTDOWN_TIMEOUT_MS = 2000;

/** Fills in the defaults; each bad value is told by name with what is used instead. */
export function resolveShutdown(given: unknown): Shutdown {
  if (given !== undefined && (typeof given !== "object" || given === null))
    tell(`"shutdown" must be an object; the defaults are used`);
  const { timeout, spool } = Object(given) as Record<string, unknown>;
  return { timeout: timeoutOf(timeout), spool: folderOf(spool) };
}

function timeoutOf(timeout: unknown): number {
  if (timeout === undefined) return SHUTDOWN_TIMEOUT_MS;
  if (typeof timeout === "number" && timeout >= 0 && timeout < 2 ** 31) return timeout;
  tell(`"shutdown.timeout" must be a number from 0 up; ${SHUTDOWN_TIMEOUT_MS} is used`);
  return SHUTDOWN_TIMEOUT_MS;
}

function folderOf(spool: unknown): string | false {
  if (spool === false || (typeof spool === "string" && spool.trim() !== "")) return spool;
  const folder = stateFolder();
  if (spool !== undefined)
    tell(`"shutdown.spool" must be a folder or false; ${JSON.stringify(folder)} is used`);
  return folder;
}

function tell(message: string): void {
  // oxlint-disable-next-line no-console
  console.error(`[spanmeter] ${message}.`);
}
