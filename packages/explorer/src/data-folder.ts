import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_DATA } from "./defaults.js";

/** Makes the folder, and keeps received telemetry out of the project's repository. */
export function prepareDataFolder(folder: string = DEFAULT_DATA): void {
  mkdirSync(folder, { recursive: true });
  const ignore = join(folder, ".gitignore");
  if (!existsSync(ignore)) writeFileSync(ignore, "*\n");
}
