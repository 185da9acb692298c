import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_DATA } from "./defaults.js";
import { makeFolder } from "../runtime/make-folder.js";

/** Makes the data folder, and a `.gitignore` in it so that git ignores the data. Throws an error that says what to do. */
export function prepareDataFolder(folder: string = DEFAULT_DATA): void {
  if (folder.trim() === "") throw new Error("The data folder has no name. Choose one with --data.");
  try {
    const isNew = !existsSync(folder);
    makeFolder(folder);
    // An existing folder may contain files that belong into the repository.
    if (isNew) writeFileSync(join(folder, ".gitignore"), "*\n");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `The data folder ${folder} cannot be used: ${reason}. Choose another with --data.`,
      { cause },
    );
  }
}
