import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder that is removed with the test. Ask for it before what uses it: the last asked for ends first. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "spanmeter-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
