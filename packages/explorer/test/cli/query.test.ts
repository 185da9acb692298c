import { describe, expect, it } from "vitest";
import type { Aggregate } from "../../src/index.js";
import { runCli } from "../support/cli.js";
import { cliExplorer } from "../support/cli-explorer.js";

const { cwd, run } = cliExplorer();

describe("spanmeter query", () => {
  it("aggregates and groups, with the unit behind the values", async () => {
    const { code, stdout } = await run(
      "query",
      "query.duration",
      "--agg",
      "p50,max",
      "--agg",
      "count",
      "--by",
      "route",
      "--since",
      "10m",
    );
    expect(code).toBe(0);
    expect(stdout.trim().split("\n")).toEqual([
      "query.duration, distribution in millisecond, over 10 min",
      "route   p50     max  count",
      "/pay   7 ms    8 ms      2",
      "/cart  3 ms  100 ms      5",
    ]);
  });

  it("lists the attributes when a key is unknown", async () => {
    const { code, stderr } = await run("query", "query.duration", "--by", "rout");
    expect([code, stderr]).toEqual([
      0,
      "No item has the attribute rout. The attributes are route.\n",
    ]);
  });

  it("filters", async () => {
    const { stdout } = await run(
      "query",
      "query.duration",
      "--agg",
      "sum",
      "--where",
      "route=/pay",
    );
    expect(stdout).toMatch(/^ *15 ms$/m);
  });

  it("has a row per time bucket", async () => {
    const { stdout } = await run("query", "query.duration", "--agg", "count", "--interval", "1h");
    expect(stdout).toMatch(/^time \(UTC\) +count$/m);
    expect(stdout).toMatch(/^\d\d:00:00\.000 +\d$/m);
  });

  it("has dates in a range of several days", async () => {
    const args = ["--agg", "count", "--interval", "1d", "--since", "3d"];
    const { stdout } = await run("query", "query.duration", ...args);
    expect(stdout).toMatch(/^\d{4}-\d\d-\d\d 00:00:00 +\d$/m);
  });

  it("prints JSON with --json", async () => {
    const { stdout } = await run("query", "query.duration", "--agg", "max", "--json");
    const result = JSON.parse(stdout) as Aggregate;
    expect(result.rows).toEqual([{ group: {}, values: { max: 100 }, samples: 7 }]);
  });

  it("ends with 1 and the nearest name when there is no such metric", async () => {
    expect(await run("query", "query.durations")).toEqual({
      code: 1,
      stdout: "",
      stderr: 'No metric named "query.durations" was received. Did you mean "query.duration"?\n',
    });
  });

  it("ends with 1 when the range is empty, and suggests --since", async () => {
    const { code, stderr } = await run("query", "checkout.started", "--since", "5s");
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^No checkout\.started between .* widen it with --since\n$/),
    ]);
  });

  it("ends with 2 and the valid aggregations when one is not valid", async () => {
    const { code, stderr } = await run("query", "checkout.started", "--agg", "p95");
    expect([code, stderr]).toEqual([
      2,
      '"p95" is not an aggregation of a counter; valid are sum, per_second, per_minute\n',
    ]);
  });

  it.each([
    [["query"], "missing required argument 'metric'"],
    [["query", "m", "--what"], "unknown option '--what'"],
    [["samples", "m", "--limit", "0"], "whole number from 1 to 1000"],
    [["nothing"], "unknown command 'nothing'"],
  ])("wrong use (%j) ends with 2 and the reason", async (args, message) => {
    const { code, stdout, stderr } = await runCli(args, { cwd });
    expect([code, stdout, stderr]).toEqual([2, "", expect.stringContaining(message)]);
  });
});
