import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runCli } from "../support/cli.js";
import { temporaryFolder } from "../support/temporary-folder.js";

describe("help", () => {
  it("names the commands and the exit codes, and ends with 0", async () => {
    const { code, stdout } = await runCli(["--help"], { cwd: temporaryFolder() });
    expect(code).toBe(0);
    for (const word of [
      "explorer",
      "tail",
      "metrics",
      "query",
      "samples",
      "trace",
      "traces",
      "Exit codes:",
    ]) {
      expect(stdout).toContain(word);
    }
  });
});

describe("spanmeter without a command", () => {
  it("shows its help, and starts no explorer and makes no folder", async () => {
    const cwd = temporaryFolder();
    const { code, stdout, stderr } = await runCli([], { cwd });
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("Usage: spanmeter [options] [command]");
    expect(readdirSync(cwd)).toEqual([]);
  });
});
