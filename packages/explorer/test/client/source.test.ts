import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { runCli } from "../support/cli.js";
import { TRACE_ID } from "../support/envelopes.js";

const cwd = mkdtempSync(join(tmpdir(), "spanmeter-"));

describe("when no explorer answers", () => {
  it("every reading command ends with 3 and says how to start an explorer", async () => {
    for (const args of [["metrics"], ["query", "m"], ["samples"], ["trace", TRACE_ID], ["tail"]]) {
      const { code, stderr } = await runCli([...args, "--url", "http://127.0.0.1:1"], { cwd });
      expect([code, stderr]).toEqual([
        3,
        expect.stringMatching(
          /^No explorer answers at .* Start one with: node \S+cli\.js explorer\n$/,
        ),
      ]);
    }
  });

  it("a missing data file is a 3", async () => {
    const { code, stderr } = await runCli(["metrics", "--data", "nowhere"], { cwd });
    expect([code, stderr]).toEqual([3, expect.stringContaining("There is no data file nowhere")]);
  });

  it("another server is recognized", async () => {
    const { createServer } = await import("node:http");
    const other = createServer((_, response) => response.end("<html>")).listen(0, "127.0.0.1");
    onTestFinished(() => void other.close());
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as { port: number };
    const { code, stderr } = await runCli(["metrics", "--url", `http://127.0.0.1:${port}`], {
      cwd,
    });
    expect([code, stderr]).toEqual([3, expect.stringContaining("is not a Spanmeter explorer")]);
  });

  it.each(["nonsense", "localhost:8969"])("--url %s is wrong use", async (url) => {
    for (const command of ["metrics", "tail"]) {
      const { code, stderr } = await runCli([command, "--url", url], { cwd });
      expect([code, stderr]).toEqual([2, expect.stringContaining("http://127.0.0.1:8969")]);
    }
  });

  it("with --url, the message does not mention a data file", async () => {
    const { stderr } = await runCli(["metrics", "--url", "http://127.0.0.1:1"], { cwd });
    expect(stderr).toMatch(/^No explorer answers at http:\/\/127\.0\.0\.1:1\. Start one with: /);
  });
});
