import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";

const SKIPPED = new Set(["node_modules", "dist", ".git", ".types", "coverage", "reports"]);

/** The folder that a check reads: its first argument, else the repository. Tests name a folder of their own. */
export const rootOf = (argv) =>
  argv[2]?.startsWith("--") === false ? argv[2] : join(import.meta.dirname, "..", "..");

/** Lists the files below `folder` whose name matches, as paths from `root` with `/`. */
export function listFiles(root, folder, name) {
  if (!existsSync(join(root, folder))) return [];
  const found = [];
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !SKIPPED.has(entry.name)) found.push(...listFiles(root, path, name));
    else if (entry.isFile() && name.test(entry.name)) found.push(path.split(sep).join("/"));
  }
  return found.toSorted((a, b) => (a < b ? -1 : 1));
}

/** Reads a file below `root` as text. */
export const readText = (root, path) => readFileSync(join(root, path), "utf8");

/** The number of the line at an offset of a text, from 1 on. */
export const lineAt = (text, offset) => text.slice(0, offset).split("\n").length;

/** Prints what a check found and sets the exit code. */
export function report(findings, { passed }) {
  for (const finding of findings) console.error(finding);
  console.log(findings.length === 0 ? passed : `${findings.length} to fix`);
  process.exitCode = findings.length === 0 ? 0 : 1;
}
