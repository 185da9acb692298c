import { beforeAll, describe, expect, it } from "vitest";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startExplorer, type Explorer } from "../../src/index.js";
import { runCli, startExplorerCli } from "../support/cli.js";
import { metric, metricEnvelope, nowSeconds, text } from "../support/envelopes.js";

const cwd = mkdtempSync(join(tmpdir(), "spanmeter-"));
let explorer: Explorer;

const body = (): string => {
  const at = (secondsAgo: number, route: string) =>
    metric({ name: "m", timestamp: nowSeconds() - secondsAgo, attributes: { route: text(route) } });
  return metricEnvelope(at(1200, "/old"), at(600, "/cart"), at(300, "/cart/1"));
};

beforeAll(async () => {
  explorer = await startExplorer({ port: 0, memory: true });
  await fetch(`${explorer.url}/api/1/envelope/`, { method: "POST", body: body() });
  return () => explorer.close();
});

const ask = (args: string[]) => runCli([...args, "--url", explorer.url], { cwd });

/** The first column of the last row. */
const sumOf = (stdout: string): string | undefined =>
  stdout.trim().split("\n").at(-1)?.trim().split(/ +/)[0];

describe("a printed time", () => {
  it.each(["America/New_York", "Asia/Kolkata"])(
    "can be given back as --since on a machine in the zone of %s",
    async (zone) => {
      const env = { TZ: zone };
      const { url } = await startExplorerCli(["--memory"], { cwd, env });
      await fetch(`${url}/api/1/envelope/`, { method: "POST", body: body() });
      const { stdout } = await runCli(["samples", "m", "--where", "route=/cart", "--url", url], {
        cwd,
        env,
      });
      const printed = /^(\S+ \S+) /m.exec(stdout.split("\n")[1] ?? "")?.[1] ?? "";
      const args = ["query", "m", "--agg", "sum", "--since", printed, "--url", url];
      const since = await runCli(args, { cwd, env });
      expect([since.code, sumOf(since.stdout)]).toEqual([0, "2"]);
    },
  );
});

describe("a range or a filter that is not valid", () => {
  it.each([
    [["--since", "last 5"], 'since is "last 5"; give a duration such as 10m'],
    [["--since=-5"], 'since is "-5"; give a duration'],
    [["--since", ""], 'since is ""; give a duration'],
    [["--until", "Nov 22 2026"], 'until is "Nov 22 2026"; give a duration'],
    [["--where", "status 500"], "at character 8 an operator is missing after the key"],
    [["--where", "status>=x"], "at character 9 a number is expected"],
    [["--where", "status==500"], "the operator == is not possible"],
    [["--type", "histogram"], "valid are counter, gauge, distribution"],
  ])("is wrong use: %j", async (args, message) => {
    for (const command of ["query", "samples"]) {
      const { code, stdout, stderr } = await ask([command, "m", ...args]);
      expect([code, stdout, stderr]).toEqual([2, "", expect.stringContaining(message)]);
    }
  });
});

describe("a wildcard", () => {
  it("stands for anything in the value of a filter", async () => {
    const { stdout } = await ask(["query", "m", "--agg", "sum", "--where", "route=/cart*"]);
    expect(sumOf(stdout)).toBe("2");
  });
});
