import { describe, expect, it } from "vitest";
import type { SeriesAnswer } from "../../src/index.js";
import { runCli } from "../support/cli.js";
import { metric, nowSeconds, text } from "../support/envelopes.js";
import { cliExplorer } from "../support/cli-explorer.js";

const { cwd, run, url } = cliExplorer(
  ...[
    ["/a", 100, 0],
    ["/b", 8, 0],
    ["/b", 2, 0],
    ["/b", 4, 1_500],
  ].map(([route, value, secondsAgo]) =>
    metric({
      name: "compared",
      type: "distribution",
      unit: "millisecond",
      value,
      timestamp: nowSeconds() - Number(secondsAgo),
      attributes: { route: text(String(route)) },
    }),
  ),
);

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
      "route   p50     max  count   share",
      "/pay   7 ms    8 ms      2  28.6 %",
      "/cart  3 ms  100 ms      5  71.4 %",
    ]);
  });

  it("shows an earlier range beside it, and a group that it does not have as new", async () => {
    const args = ["--agg", "max", "--by", "route", "--since", "10m", "--compare", "25m"];
    const { code, stdout } = await run("query", "compared", ...args);
    expect(code).toBe(0);
    const [title, ...rows] = stdout.trim().split("\n");
    expect(title).toMatch(/, over 10 min, beside that between \S+Z and \S+Z$/);
    expect(rows).toEqual([
      "route     max  before      Δ      Δ%  count   share",
      "/a     100 ms       -      -     new      1  33.3 %",
      "/b       8 ms    4 ms  +4 ms  +100 %      2  66.7 %",
    ]);
    const previous = await run("query", "compared", "--since", "15m", "--compare", "prev");
    expect(previous.stdout).toMatch(/beside that between/);
  });

  it("shows the first groups, and all others as one", async () => {
    const args = ["--agg", "min", "--by", "route", "--since", "10m", "--top", "1", "--sort", "min"];
    const { stdout } = await run("query", "query.duration", ...args);
    expect(stdout.trim().split("\n").slice(1)).toEqual([
      "route        min  count   share",
      "/cart       1 ms      5  71.4 %",
      "(1 others)  7 ms      2  28.6 %",
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
    expect(stdout).toMatch(/^ *15 ms +2$/m);
  });

  it("has a row per time bucket, below the series", async () => {
    const args = ["--agg", "count", "--interval", "1m", "--since", "10m"];
    const { stdout } = await run("query", "query.duration", ...args);
    expect(stdout).toMatch(/^count\n +7\n\ntime \(UTC\) +count$/m);
    expect(stdout).toMatch(/^\d\d:\d\d:00\.000 +\d$/m);
    const auto = await run("query", "query.duration", "--agg", "count", "--interval", "auto");
    expect(auto.stdout).toMatch(/^\d\d:\d\d:\d\d\.000 +\d$/m);
  });

  it("has dates in a range of several days", async () => {
    const args = ["--agg", "count", "--interval", "1d", "--since", "3d"];
    const { stdout } = await run("query", "query.duration", ...args);
    expect(stdout).toMatch(/^\d{4}-\d\d-\d\d 00:00:00 +\d$/m);
  });

  it("prints the series as JSON with --json", async () => {
    const args = ["--agg", "max", "--since", "10m", "--json"];
    const { stdout } = await run("query", "query.duration", ...args);
    const answer = JSON.parse(stdout) as SeriesAnswer & { schema: number };
    expect(answer).toMatchObject({
      schema: 1,
      series: [{ group: {}, total: { max: 100 }, weighted: 7 }],
    });
  });

  it.runIf(process.platform === "linux")(
    "draws the course of each series in a terminal",
    async () => {
      const args = ["query", "checkout.started", "--since", "10m", "--agg", "sum"];
      const { stdout } = await runCli([...args, "--url", url()], { cwd, columns: 100 });
      expect(stdout).toMatch(/sum.*course/);
      expect(stdout).toMatch(/1,234,567.* █/);
    },
  );

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
