import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder for what a process leaves behind. */
export async function stateForTest(): Promise<{ home: string; files(): Promise<string[]> }> {
  const home = await mkdtemp(join(tmpdir(), "spanmeter-"));
  onTestFinished(() => rm(home, { recursive: true, force: true, maxRetries: 9 }));
  return { home, files: () => readdir(join(home, "spanmeter")).catch(() => []) };
}
