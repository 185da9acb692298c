import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A state folder for processes that store envelopes, removed after the test. */
export async function stateForTest(): Promise<{ home: string; files(): Promise<string[]> }> {
  const home = await mkdtemp(join(tmpdir(), "spanmeter-"));
  onTestFinished(() => rm(home, { recursive: true, force: true, maxRetries: 9 }));
  return { home, files: () => readdir(join(home, "spanmeter")).catch(() => []) };
}
