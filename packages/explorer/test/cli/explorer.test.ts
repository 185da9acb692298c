import { once } from "node:events";
import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { runCli, startExplorerCli } from "../support/cli.js";
import { metric, metricEnvelope } from "../support/envelopes.js";
import { testExplorer } from "../support/test-explorer.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const send = (url: string, ...metrics: Record<string, unknown>[]) =>
  fetch(`${url}/api/1/envelope/`, { method: "POST", body: metricEnvelope(...metrics.map(metric)) });

describe("spanmeter explorer", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "ends without an error on %s, with everything stored",
    async (signal) => {
      const cwd = temporaryFolder();
      const explorer = await startExplorerCli([], { cwd });
      await send(explorer.url, { name: "kept", value: 4 });
      explorer.process.kill(signal);
      const { code, stdout, stderr } = await explorer.ended;
      expect([code, stderr]).toEqual([0, ""]);
      expect(stdout).toContain(`http://public@${new URL(explorer.url).host}/1`);
      const kept = await testExplorer({ memory: false, data: join(cwd, ".spanmeter") });
      expect((await kept.queries.table("kept")).rows[0]?.values["sum"]).toBe(4);
    },
  );

  describe.runIf(process.platform === "linux")("with --open", () => {
    /** A folder for PATH with an `xdg-open` that writes its argument to a file. */
    function fakeBrowser(cwd: string, exitCode: number): { env: Record<string, string> } {
      const script = `#!/bin/sh\necho "$1" > "${join(cwd, "opened")}"\nexit ${exitCode}\n`;
      writeFileSync(join(cwd, "xdg-open"), script, { mode: 0o755 });
      return { env: { PATH: `${cwd}:${process.env["PATH"]}` } };
    }
    const opened = (cwd: string): string =>
      existsSync(join(cwd, "opened")) ? readFileSync(join(cwd, "opened"), "utf8").trim() : "";
    const ARGS = ["--memory", "--open"];

    it("opens its address in the browser from a terminal", async () => {
      const cwd = temporaryFolder();
      const browser = fakeBrowser(cwd, 0);
      const { url } = await startExplorerCli(ARGS, { cwd, ...browser, columns: 100 });
      await expect.poll(() => opened(cwd)).toBe(url);
    });

    it("goes on when no browser opens, and says so", async () => {
      const cwd = temporaryFolder();
      const browser = fakeBrowser(cwd, 3);
      const explorer = await startExplorerCli(ARGS, { cwd, ...browser, columns: 100 });
      const output = await explorer.waitForOutput("the page is at");
      expect(output).toContain("No browser opened (xdg-open ended with 3)");
      expect((await fetch(`${explorer.url}/api/stats`)).status).toBe(200);
    });

    it("opens none in a pipe", async () => {
      const cwd = temporaryFolder();
      const explorer = await startExplorerCli(ARGS, { cwd, ...fakeBrowser(cwd, 0) });
      explorer.process.kill("SIGTERM");
      expect((await explorer.ended).stderr).toBe("");
      expect(opened(cwd)).toBe("");
    });
  });

  it("listens on Spotlight's port, and names it when it is taken", async () => {
    const other = await listenWhenFree(8969);
    const { code, stderr } = await runCli(["explorer"], { cwd: temporaryFolder() });
    other.close();
    expect(code).toBe(1);
    expect(stderr).toContain("8969");
  });

  it("that has ended leaves a file that is read with the same answers and exit codes", async () => {
    const cwd = temporaryFolder();
    const explorer = await testExplorer({ memory: false, data: join(cwd, ".spanmeter") });
    await send(explorer.url, { name: "kept" });
    await explorer.close();
    const ask = async (...args: string[]) =>
      (await runCli([...args, "--data", ".spanmeter"], { cwd })).code;
    expect(await ask("samples", "kept")).toBe(0);
    expect(await ask("query", "kept", "--agg", "p95")).toBe(2);
    expect(await ask("query", "nothing")).toBe(1);
  });

  it("that was killed leaves a file that can be read, and that the next explorer continues", async () => {
    const cwd = temporaryFolder();
    const explorer = await startExplorerCli([], { cwd });
    await send(explorer.url, { name: "kept" });
    // A read writes pending items first.
    expect((await fetch(`${explorer.url}/api/metrics`)).status).toBe(200);
    explorer.process.kill("SIGKILL");
    await explorer.ended;
    const alone = await runCli(["metrics", "--data", ".spanmeter"], { cwd });
    expect([alone.code, alone.stdout]).toEqual([0, expect.stringContaining("kept")]);
    const next = await startExplorerCli([], { cwd });
    expect(await (await fetch(`${next.url}/api/metrics`)).text()).toContain('"kept"');
  });

  it("with --memory leaves nothing behind", async () => {
    const cwd = temporaryFolder();
    const explorer = await startExplorerCli(["--memory"], { cwd });
    explorer.process.kill("SIGINT");
    expect((await explorer.ended).stdout).toContain("in memory");
    expect(existsSync(join(cwd, ".spanmeter"))).toBe(false);
  });

  it("refuses a second explorer and a reader of its data file, with the reason", async () => {
    const cwd = temporaryFolder();
    await startExplorerCli([], { cwd });
    for (const [args, instead] of [
      [["explorer", "--port", "0"], "another folder with --data"],
      [["metrics", "--data", ".spanmeter"], "Read from it with --url"],
    ] as const) {
      const { code, stderr } = await runCli([...args], { cwd });
      expect([code, stderr]).toEqual([1, expect.stringContaining("in use by another process")]);
      expect(stderr).toContain(instead);
    }
  });

  it("recognizes its data file by another path to the folder", async () => {
    const cwd = temporaryFolder();
    await startExplorerCli([], { cwd });
    symlinkSync(".spanmeter", join(cwd, "link"));
    for (const args of [
      ["explorer", "--port", "0", "--data", "link"],
      ["metrics", "--data", "link"],
    ]) {
      const { code, stderr } = await runCli(args, { cwd });
      expect([code, stderr]).toEqual([1, expect.stringContaining("in use by another process")]);
    }
  });

  it("on a full disk refuses every sender from then on, and fails when it ends", async () => {
    const cwd = temporaryFolder();
    // Files of this process may grow to 1 MiB, and growing further is an error instead of a signal.
    const explorer = await startExplorerCli([], { cwd, before: "trap '' XFSZ; ulimit -f 1024" });
    const fill = async () =>
      (
        await send(
          explorer.url,
          ...Array.from({ length: 500 }, () => ({
            value: Math.random(),
            name: `n${Math.random()}`,
          })),
        )
      ).status;
    await expect.poll(fill).toBe(503);
    const refused = await send(explorer.url, {});
    expect([refused.status, await refused.json()]).toEqual([
      503,
      {
        error: {
          code: "unavailable",
          message: expect.stringContaining("can no longer write") as string,
        },
      },
    ]);
    explorer.process.kill("SIGINT");
    expect(await explorer.ended).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Free some space") as string,
    });
  });

  it("explains how to install the library of the database when it is missing", async () => {
    const preload = pathToFileURL(join(import.meta.dirname, "../fixtures/without-duckdb.mjs"));
    const env = { NODE_OPTIONS: `--import ${preload.href}` };
    const { code, stdout, stderr } = await runCli(["explorer"], { cwd: temporaryFolder(), env });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(
      /^The database's library does not load .*duckdb\.node'\. .* without --omit=optional\.\n$/,
    );
  });

  it("names the folder that it cannot use", async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "taken"), "");
    const { code, stderr } = await runCli(["explorer", "--data", "taken"], { cwd });
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^The data folder taken cannot be used: .*--data\.\n$/),
    ]);
  });

  it("explains that its port is taken", async () => {
    const cwd = temporaryFolder();
    const { url } = await startExplorerCli(["--memory"], { cwd });
    const { code, stderr } = await runCli(["explorer", "--memory", "--port", new URL(url).port], {
      cwd,
    });
    expect([code, stderr]).toEqual([1, expect.stringContaining("is taken")]);
  });

  it.each([
    ["--port", "99999"],
    ["--port", "x"],
    ["--max-rows", "0"],
  ])("refuses %s %s as wrong use", async (option, value) => {
    const { code, stderr } = await runCli(["explorer", option, value], { cwd: temporaryFolder() });
    expect([code, stderr]).toEqual([2, expect.stringContaining("whole number")]);
  });
});

describe("the host to listen on", () => {
  it("is wrong use when this machine could not read there", async () => {
    const { code, stderr } = await runCli(["explorer", "--host", "192.168.1.1"], {
      cwd: temporaryFolder(),
    });
    expect([code, stderr]).toEqual([2, expect.stringContaining("Use 127.0.0.1, localhost")]);
  });
});

describe("the output of a started explorer", () => {
  it("ends with the command that follows this explorer", async () => {
    const { url, waitForOutput } = await startExplorerCli(["--memory"], { cwd: temporaryFolder() });
    expect(await waitForOutput("Ctrl-C")).toContain(`cli.js tail --url ${url}\n`);
  });
});

/** Listens as soon as nobody else does: an explorer of another test may have the port, and then ends. */
async function listenWhenFree(port: number): Promise<Server> {
  for (;;) {
    const server = createServer().listen(port, "127.0.0.1");
    const listens = await once(server, "listening").then(
      () => true,
      () => false,
    );
    if (listens) return server;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
