import { homedir } from "node:os";
import { join } from "node:path";
import { environment } from "./environment.js";

/** The folder for data of this user that outlives a process; `false` when there is none. */
export function stateFolder(): string | false {
  try {
    return join(parentFolder(environment()), "spanmeter");
  } catch {
    // The user has no home folder, as in some containers, or Deno may not read its path.
    return false;
  }
}

function parentFolder(env: NodeJS.ProcessEnv): string {
  if (process.platform === "win32") return env["LOCALAPPDATA"] || join(homedir(), "AppData/Local");
  if (process.platform === "darwin") return join(homedir(), "Library/Application Support");
  return env["XDG_STATE_HOME"] || join(homedir(), ".local/state");
}
