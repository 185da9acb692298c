import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  startExplorer,
  type Aggregate,
  type Explorer,
  type Item,
  type MetricSummary,
} from "../../src/index.js";
import { runCli } from "../support/cli.js";
import {
  metric,
  metricEnvelope,
  nowSeconds,
  SPAN_ID,
  text,
  TRACE_ID,
} from "../support/envelopes.js";

const EVIL = "\u001b[2J\u001b]0;owned\u0007line\nbreak\u202e\u009b2J";

let explorer: Explorer;
const cwd = mkdtempSync(join(tmpdir(), "spanmeter-"));

beforeAll(async () => {
  explorer = await startExplorer({ port: 0, memory: true });
  const duration = (value: number, route: string) =>
    metric({
      name: "query.duration",
      type: "distribution",
      unit: "millisecond",
      value,
      attributes: { route: text(route) },
    });
  const body = metricEnvelope(
    ...[1, 2, 3, 4, 100].map((value) => duration(value, "/cart")),
    ...[7, 8].map((value) => duration(value, "/pay")),
    metric({ value: 1234567, span_id: SPAN_ID, timestamp: nowSeconds() - 120 }),
    metric({ name: "lost", value: null }),
    metric({ name: " " }),
    metric({
      name: "evil",
      attributes: { key: text(EVIL) },
    }),
  );
  await fetch(`${explorer.url}/api/1/envelope/`, { method: "POST", body });
  return () => explorer.close();
});

const ask = (...args: string[]) => runCli([...args, "--url", explorer.url], { cwd });

describe("spanmeter metrics", () => {
  it("lists names, types, units and counts", async () => {
    const { code, stdout, stderr } = await ask("metrics");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout.split("\n")[0]).toMatch(
      /^metric +type +unit +count +samples +changed +dropped +last seen \(UTC\)$/,
    );
    expect(stdout).toMatch(/^query\.duration +distribution +millisecond +7 +7 +0 +0 +\d{4}-/m);
    expect(stdout).toMatch(/^lost +- +- +0 +0 +0 +1 +\d{4}-/m);
    expect(stdout).toMatch(/^\(no name\) +- +- +0 +0 +0 +1 +\d{4}-/m);
  });

  it("gives programs JSON", async () => {
    const { code, stdout } = await ask("metrics", "--json");
    const metrics = JSON.parse(stdout) as MetricSummary[];
    expect(code).toBe(0);
    expect(metrics.map(({ name }) => name)).toEqual([
      "",
      "checkout.started",
      "evil",
      "lost",
      "query.duration",
    ]);
  });
});

describe("spanmeter query", () => {
  it("aggregates and groups, with the unit behind the values", async () => {
    const { code, stdout } = await ask(
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

  it("says what there is to group by when a key is unknown", async () => {
    const { code, stderr } = await ask("query", "query.duration", "--by", "rout");
    expect([code, stderr]).toEqual([0, "Nothing here has the attribute rout. There is route.\n"]);
  });

  it("filters", async () => {
    const { stdout } = await ask(
      "query",
      "query.duration",
      "--agg",
      "sum",
      "--where",
      "route=/pay",
    );
    expect(stdout).toMatch(/^ *15 ms$/m);
  });

  it("cuts the time into intervals", async () => {
    const { stdout } = await ask("query", "query.duration", "--agg", "count", "--interval", "1h");
    expect(stdout).toMatch(/^time \(UTC\) +count$/m);
    expect(stdout).toMatch(/^\d\d:00:00\.000 +\d$/m);
  });

  it("names the days of a range that has several", async () => {
    const args = ["--agg", "count", "--interval", "1d", "--since", "3d"];
    const { stdout } = await ask("query", "query.duration", ...args);
    expect(stdout).toMatch(/^\d{4}-\d\d-\d\d 00:00:00 +\d$/m);
  });

  it("gives programs JSON", async () => {
    const { stdout } = await ask("query", "query.duration", "--agg", "max", "--json");
    const result = JSON.parse(stdout) as Aggregate;
    expect(result.rows).toEqual([{ group: {}, values: { max: 100 }, samples: 7 }]);
  });

  it("ends with 1 and the nearest name when there is no such metric", async () => {
    expect(await ask("query", "query.durations")).toEqual({
      code: 1,
      stdout: "",
      stderr: 'No metric named "query.durations" was received. Did you mean "query.duration"?\n',
    });
  });

  it("ends with 1 when the range holds nothing, and says how to widen it", async () => {
    const { code, stderr } = await ask("query", "checkout.started", "--since", "5s");
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^No checkout\.started between .* widen it with --since\n$/),
    ]);
  });

  it("ends with 2 and the valid aggregations when the asked one is none", async () => {
    const { code, stderr } = await ask("query", "checkout.started", "--agg", "p95");
    expect([code, stderr]).toEqual([
      2,
      '"p95" is no aggregation of a counter; valid are sum, per_second, per_minute\n',
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

describe("spanmeter samples", () => {
  it("shows single metrics with their trace and verdict", async () => {
    const { code, stdout } = await ask("samples", "checkout.started");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^time \(UTC\) +value +trace +span +attributes +verdict$/m);
    expect(stdout).toMatch(
      new RegExp(`^\\d{4}-.* 1,234,567 +${TRACE_ID} +${SPAN_ID} +accepted$`, "m"),
    );
  });

  it("shows why metrics were dropped", async () => {
    const { stdout } = await ask("samples", "--verdict", "dropped");
    expect(stdout).toMatch(/lost .* dropped: value must be a finite number, not null$/m);
  });

  it("gives programs JSON", async () => {
    const { stdout } = await ask("samples", "query.duration", "--limit", "2", "--json");
    expect((JSON.parse(stdout) as Item[]).map(({ name }) => name)).toEqual([
      "query.duration",
      "query.duration",
    ]);
  });

  it("lets no escape sequence of a name or value through to the terminal", async () => {
    for (const args of [
      ["samples", "evil"],
      ["trace", TRACE_ID],
      ["query", "evil", "--by", "key"],
    ]) {
      const { code, stdout } = await ask(...args);
      expect(code).toBe(0);
      expect(stdout).toContain("\\u001b[2J");
      expect(stdout.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    }
    const { stdout } = await ask("samples", "evil", "--json");
    expect(stdout).not.toMatch(/[\u007f-\u009f\u202e]/);
    expect((JSON.parse(stdout) as Item[])[0]?.attributes["key"]).toBe(EVIL);
  });
});

describe("spanmeter trace", () => {
  it("lists what belongs to the trace though its span never came", async () => {
    const { code, stdout } = await ask("trace", TRACE_ID);
    expect(code).toBe(0);
    expect(stdout).toContain(`trace ${TRACE_ID}  0 spans`);
    expect(stdout).toMatch(
      /outside its received spans:\n +\d\d:\d\d:\d\d\.\d{3} counter checkout\.started 1,234,567/,
    );
  });

  it("ends with 1 for a trace nobody sent, with 2 for what is no trace id", async () => {
    expect((await ask("trace", "f".repeat(32))).code).toBe(1);
    expect((await ask("trace", "xyz")).code).toBe(2);
  });
});

describe("help", () => {
  it("names the commands and the exit codes, and ends with 0", async () => {
    const { code, stdout } = await runCli(["--help"], { cwd });
    expect(code).toBe(0);
    for (const word of [
      "explorer",
      "tail",
      "metrics",
      "query",
      "samples",
      "trace",
      "Exit codes:",
    ]) {
      expect(stdout).toContain(word);
    }
  });
});

describe("when nobody answers", () => {
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

  it("a missing data file is a 3, too", async () => {
    const { code, stderr } = await runCli(["metrics", "--data", "nowhere"], { cwd });
    expect([code, stderr]).toEqual([3, expect.stringContaining("There is no data file nowhere")]);
  });

  it("something that is no explorer is told apart", async () => {
    const { createServer } = await import("node:http");
    const other = createServer((_, response) => response.end("<html>")).listen(0, "127.0.0.1");
    onTestFinished(() => void other.close());
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as { port: number };
    const { code, stderr } = await runCli(["metrics", "--url", `http://127.0.0.1:${port}`], {
      cwd,
    });
    expect([code, stderr]).toEqual([3, expect.stringContaining("is no Spanmeter explorer")]);
  });

  it.each(["nonsense", "localhost:8969"])("--url %s is wrong use", async (url) => {
    for (const command of ["metrics", "tail"]) {
      const { code, stderr } = await runCli([command, "--url", url], { cwd });
      expect([code, stderr]).toEqual([2, expect.stringContaining("http://127.0.0.1:8969")]);
    }
  });

  it("at a URL that was named, no data file is said to be missing", async () => {
    const { stderr } = await runCli(["metrics", "--url", "http://127.0.0.1:1"], { cwd });
    expect(stderr).toMatch(/^No explorer answers at http:\/\/127\.0\.0\.1:1\. Start one with: /);
  });
});

describe("colours", () => {
  it("are left out of a pipe", async () => {
    expect((await ask("trace", TRACE_ID)).stdout).not.toContain("\u001b");
  });
});
