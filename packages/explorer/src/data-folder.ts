import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_DATA } from "./defaults.js";
import { makeFolder } from "./make-folder.js";

/** Makes the folder, and keeps received telemetry out of the project's repository. */
export function prepareDataFolder(folder: string = DEFAULT_DATA): void {
  try {
    makeFolder(folder);
    const ignore = join(folder, ".gitignore");
    if (!existsSync(ignore)) writeFileSync(ignore, "*\n");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `The data folder ${folder} cannot be used: ${reason}. Choose another with --data.`,
      { cause },
    );
  }
}
