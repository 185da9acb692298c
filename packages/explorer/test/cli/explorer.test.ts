import { spawn } from "node:child_process";
import { existsSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { runCli, startCli, startExplorerCli } from "../support/cli.js";
import { envelope, metric, metricEnvelope, metrics } from "../support/envelopes.js";
import { testExplorer } from "../support/test-explorer.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const send = (url: string, ...metrics: Record<string, unknown>[]) =>
  fetch(`${url}/api/1/envelope/`, { method: "POST", body: metricEnvelope(...metrics.map(metric)) });

describe("spanmeter explorer", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "ends cleanly on %s, with everything kept",
    async (signal) => {
      const cwd = temporaryFolder();
      const explorer = await startExplorerCli([], { cwd });
      await send(explorer.url, { name: "kept", value: 4 });
      explorer.process.kill(signal);
      const { code, stdout, stderr } = await explorer.ended;
      expect([code, stderr]).toEqual([0, ""]);
      expect(stdout).toContain(`http://public@${new URL(explorer.url).host}/1`);
      const kept = await testExplorer({ memory: false, data: join(cwd, ".spanmeter") });
      expect((await kept.queries.aggregate("kept")).rows[0]?.values["sum"]).toBe(4);
    },
  );

  it("listens on Spotlight's port, which it says when it is taken", async () => {
    const other = createServer();
    // Something else may listen there already, which serves as well.
    await new Promise<void>((done) =>
      other.once("error", () => done()).listen(8969, "127.0.0.1", done),
    );
    const { code, stderr } = await runCli(["explorer"], { cwd: temporaryFolder() });
    other.close();
    expect(code).toBe(1);
    expect(stderr).toContain("8969");
  });

  it("that has ended leaves its file to be asked, with the same answers and exit codes", async () => {
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

  it("killed outright leaves a file that can be read without it, and that the next one continues", async () => {
    const cwd = temporaryFolder();
    const explorer = await startExplorerCli([], { cwd });
    await send(explorer.url, { name: "kept" });
    // A reading writes first what still waits.
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

  it("says when its data file is in use, to a second explorer and to a reader of the file", async () => {
    const cwd = temporaryFolder();
    await startExplorerCli([], { cwd });
    for (const [args, instead] of [
      [["explorer", "--port", "0"], "another folder with --data"],
      [["metrics", "--data", ".spanmeter"], "Ask it with --url"],
    ] as const) {
      const { code, stderr } = await runCli([...args], { cwd });
      expect([code, stderr]).toEqual([1, expect.stringContaining("in use by another process")]);
      expect(stderr).toContain(instead);
    }
  });

  it("says so by another path to the same folder, too", async () => {
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

  it("on a full disk says so to every sender from then on, and when it ends", async () => {
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

  it("says how to get the database's library where it is missing", async () => {
    const preload = pathToFileURL(join(import.meta.dirname, "../fixtures/without-duckdb.mjs"));
    const env = { NODE_OPTIONS: `--import ${preload.href}` };
    const { code, stdout, stderr } = await runCli(["explorer"], { cwd: temporaryFolder(), env });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(
      /^The database's library does not load .*duckdb\.node'\. .* without --omit=optional\.\n$/,
    );
  });

  it("says which folder it cannot use", async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "taken"), "");
    const { code, stderr } = await runCli(["explorer", "--data", "taken"], { cwd });
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^The data folder taken cannot be used: .*--data\.\n$/),
    ]);
  });

  it("says when its port is taken", async () => {
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
  it("is wrong use when nobody could read there", async () => {
    const { code, stderr } = await runCli(["explorer", "--host", "192.168.1.1"], {
      cwd: temporaryFolder(),
    });
    expect([code, stderr]).toEqual([2, expect.stringContaining("Use 127.0.0.1, localhost")]);
  });
});

describe("what a started explorer says", () => {
  it("ends with the command that shows what arrives at this very address", async () => {
    const { url, says } = await startExplorerCli(["--memory"], { cwd: temporaryFolder() });
    expect(await says("Ctrl-C")).toContain(`cli.js tail --url ${url}\n`);
  });
});

describe("spanmeter metrics", () => {
  it("also says what SDKs lost themselves and which containers were refused whole", async () => {
    const explorer = await testExplorer();
    const report = {
      discarded_events: [{ reason: "network_error", category: "trace_metric", quantity: 7 }],
    };
    const header = { sdk: { name: "sentry.x", version: "1" } };
    const broken = { ...metrics([]), payload: "{" };
    await explorer.post(
      envelope(
        [{ header: { type: "client_report" }, payload: JSON.stringify(report) }, broken],
        header,
      ),
    );
    await send(explorer.url, {});
    const { code, stderr } = await runCli(["metrics", "--url", explorer.url], {
      cwd: temporaryFolder(),
    });
    expect([code, stderr.trim().split("\n")]).toEqual([
      0,
      [
        expect.stringMatching(
          /^sentry\.x\/1 lost 7 trace_metric \(network_error\), as it last reported at \d\d:\d\d:\d\d UTC$/,
        ),
        expect.stringMatching(
          /^1 containers were refused whole: node \S+cli\.js samples --verdict dropped$/,
        ),
      ],
    ]);
  });
});

describe("spanmeter tail", () => {
  it("shows what arrives, as lines for people and as JSON for programs", async () => {
    const cwd = temporaryFolder();
    const { url } = await startExplorerCli(["--memory"], { cwd });
    const human = startCli(["tail", "--url", url, "--metric", "cart.*"], { cwd });
    const json = startCli(["tail", "--url", url, "--json"], { cwd });
    const cart = { name: "cart.total", type: "distribution", unit: "second", value: 2 };
    const sending = setInterval(() => void send(url, { name: "other" }, cart), 50);
    await Promise.all([human.says("cart.total"), json.says("cart.total")]).finally(() =>
      clearInterval(sending),
    );
    for (const tail of [human, json]) tail.process.kill("SIGINT");
    const [lines, objects] = await Promise.all([human.ended, json.ended]);
    expect([lines.code, lines.stderr, objects.code]).toEqual([0, "", 0]);
    expect(lines.stdout).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} distribution cart\.total 2 s trace [0-9a-f]{32}\n/,
    );
    expect(lines.stdout).not.toContain("other");
    expect(JSON.parse(objects.stdout.split("\n")[0] ?? "")).toMatchObject({
      kind: "metric",
      verdict: "accepted",
    });
  });

  it("of a kind that does not exist is wrong use", async () => {
    const { url } = await testExplorer();
    const { code, stderr } = await runCli(["tail", "--kind", "metrics", "--url", url], {
      cwd: temporaryFolder(),
    });
    expect([code, stderr]).toEqual([2, expect.stringContaining("valid are metric, span,")]);
  });

  it("ends with 1 when its explorer ends", async () => {
    const cwd = temporaryFolder();
    const explorer = await startExplorerCli(["--memory"], { cwd });
    const tail = startCli(["tail", "--url", explorer.url, "--json"], { cwd });
    const sending = setInterval(() => void send(explorer.url, {}).catch(() => {}), 50);
    await tail.says("checkout.started").finally(() => clearInterval(sending));
    explorer.process.kill("SIGINT");
    expect(await tail.ended).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("has ended") as string,
    });
  });
});

describe("a reader that has seen enough", () => {
  it("may close the pipe without a word of complaint", async () => {
    const cwd = temporaryFolder();
    const { url } = await startExplorerCli(["--memory"], { cwd });
    await send(url, ...Array.from({ length: 1000 }, (_, value) => ({ value })));
    const bin = join(import.meta.dirname, "../../dist/cli.js");
    const line = `"${process.execPath}" "${bin}" samples --limit 1000 --url ${url} | head -n 1; echo "code \${PIPESTATUS[0]}"`;
    const shell = spawn("bash", ["-c", line], { cwd });
    let said = "";
    shell.stdout.on("data", (chunk) => (said += String(chunk)));
    shell.stderr.on("data", (chunk) => (said += String(chunk)));
    await new Promise((resolve) => shell.once("close", resolve));
    expect(said).toMatch(/^time \(UTC\).*\ncode 0\n$/);
  });
});

describe("spanmeter without a command", () => {
  it("shows its help, and neither starts anything nor makes a folder", async () => {
    const cwd = temporaryFolder();
    const { code, stdout, stderr } = await runCli([], { cwd });
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("Usage: spanmeter [options] [command]");
    expect(readdirSync(cwd)).toEqual([]);
  });
});
