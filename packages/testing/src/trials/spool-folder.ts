import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The spool folder of one trial. */
export interface SpoolFolder {
  readonly path: string;
  isEmpty(): boolean;
  remove(): void;
}

/** Creates a temporary spool folder. */
export function createSpoolFolder(): SpoolFolder {
  const path = mkdtempSync(join(tmpdir(), "spanmeter-spool-"));
  return {
    path,
    isEmpty: () => readdirSync(path).length === 0,
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
