import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where the clients of one trial keep what they cannot send, and nobody else does. */
export interface SpoolFolder {
  readonly path: string;
  isEmpty(): boolean;
  remove(): void;
}

export function createSpoolFolder(): SpoolFolder {
  const path = mkdtempSync(join(tmpdir(), "spanmeter-spool-"));
  return {
    path,
    isEmpty: () => readdirSync(path).length === 0,
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
