import { homedir } from "node:os";
import { join } from "node:path";
import { environment } from "./environment.js";

/** Where programs of this user keep what should outlive them; `false` when there is no such place. */
export function stateFolder(): string | false {
  try {
    return join(base(environment()), "spanmeter");
  } catch {
    // A user without a home folder, as in some containers, or one that Deno may not ask for.
    return false;
  }
}

function base(env: NodeJS.ProcessEnv): string {
  if (process.platform === "win32") return env["LOCALAPPDATA"] || join(homedir(), "AppData/Local");
  if (process.platform === "darwin") return join(homedir(), "Library/Application Support");
  return env["XDG_STATE_HOME"] || join(homedir(), ".local/state");
}
