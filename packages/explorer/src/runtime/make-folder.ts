import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * Makes a folder and its missing parents. Throws the error of the system.
 * In Node 20, `mkdirSync` with `recursive` never returns when a parent exists but cannot contain folders (`/proc/x`).
 */
export function makeFolder(folder: string): void {
  const path = resolve(folder);
  if (existsSync(path) && statSync(path).isDirectory()) return;
  if (!existsSync(dirname(path))) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have made it in the meantime.
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}
