import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { runCli } from "../support/cli.js";
import { temporaryFolder } from "../support/temporary-folder.js";

describe("a data folder that cannot be made", () => {
  it.skipIf(process.platform !== "linux").each(["/proc/x", "/dev/null/x", "/proc/x/y/z"])(
    "%s is an error immediately",
    async (folder) => {
      const args = ["explorer", "--port", "0", "--data", folder];
      const { code, stdout, stderr } = await runCli(args, { cwd: temporaryFolder() });
      expect([code, stdout, stderr]).toEqual([
        1,
        "",
        expect.stringMatching(
          new RegExp(`^The data folder ${folder} cannot be used: .*Choose another with --data`),
        ),
      ]);
    },
  );

  it.each(["explorer", "metrics"])("without a name is wrong use of %s", async (command) => {
    const { code, stderr } = await runCli([command, "--data", ""], { cwd: temporaryFolder() });
    expect([code, stderr]).toEqual([2, expect.stringContaining("It must name a folder")]);
  });

  it.skipIf(process.platform === "win32")("with a pipe as its data file is an error", async () => {
    const cwd = temporaryFolder();
    execFileSync("bash", ["-c", "mkfifo explorer.duckdb"], { cwd });
    for (const args of [
      ["explorer", "--port", "0", "--data", "."],
      ["metrics", "--data", "."],
    ]) {
      const { code, stderr } = await runCli(args, { cwd });
      expect([code, stderr]).toEqual([1, expect.stringContaining("it is not a file")]);
    }
  });
});
