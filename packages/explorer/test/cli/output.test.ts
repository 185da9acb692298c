import { beforeAll, describe, expect, it } from "vitest";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startExplorer, type Explorer } from "../../src/index.js";
import { spawn } from "node:child_process";
import { runCli, startCli, startExplorerCli } from "../support/cli.js";
import {
  container,
  envelope,
  metric,
  metricEnvelope,
  metrics,
  nowSeconds,
  SPAN_ID,
  SPAN_TYPE,
  text,
} from "../support/envelopes.js";

const ONE = "0af7651916cd43dd8448eb211c80319c";
const OTHER = "0af7651916cd43dd8448eb211c80ffff";
const WIDTHS = [80, 60, 40];
const cwd = mkdtempSync(join(tmpdir(), "spanmeter-"));
let explorer: Explorer;

const body = (): string => {
  const span = {
    trace_id: ONE,
    span_id: SPAN_ID,
    name: "GET /checkout/payment/confirmation",
    status: "internal_error",
    start_timestamp: nowSeconds() - 1,
    end_timestamp: nowSeconds(),
    attributes: { "sentry.op": text("http.server") },
  };
  const duration = (over: Record<string, unknown>) =>
    metric({
      name: "payment.provider.duration",
      type: "distribution",
      unit: "millisecond",
      value: 1234.5678,
      trace_id: ONE,
      span_id: SPAN_ID,
      attributes: { route: text("/checkout/payment/confirmation"), region: text("eu-central-1") },
      ...over,
    });
  return envelope([
    container("span", SPAN_TYPE, [span]),
    metrics([duration({}), duration({ trace_id: OTHER }), duration({ value: null })]),
  ]);
};

const send = () => fetch(`${explorer.url}/api/1/envelope/`, { method: "POST", body: body() });

beforeAll(async () => {
  explorer = await startExplorer({ port: 0, memory: true });
  await send();
  return () => explorer.close();
});

// oxlint-disable-next-line no-control-regex -- colours are removed
const COLOURS = /\u001b\[\d+m/g;

/** Without colours, line by line. */
const linesOf = (output: string): string[] =>
  output.replaceAll(COLOURS, "").trimEnd().split(/\r?\n/);

const longest = (lines: string[]): number => Math.max(...lines.map((line) => line.length));

describe.skipIf(process.platform !== "linux")("in a real terminal", () => {
  const QUESTIONS = [
    ["metrics"],
    ["query", "payment.provider.duration", "--by", "route"],
    ["query", "payment.provider.duration", "--by", "route,region", "--interval", "1h"],
    ["samples"],
    ["samples", "--verdict", "dropped"],
    ["trace", ONE],
  ];

  it.each(WIDTHS)("of %d characters no line is longer", async (columns) => {
    for (const question of QUESTIONS) {
      const { code, stdout } = await runCli([...question, "--url", explorer.url], { cwd, columns });
      const lines = linesOf(stdout);
      expect([question, code, longest(lines) <= columns ? "" : lines]).toEqual([question, 0, ""]);
      expect(lines.length).toBeGreaterThan(1);
    }
  });

  it.each(WIDTHS)("of %d characters tail shows each item whole", async (columns) => {
    const tail = startCli(["tail", "--url", explorer.url], { cwd, columns });
    const sending = setInterval(() => void send(), 100);
    const output = await tail.waitForOutput("finite").finally(() => clearInterval(sending));
    tail.process.kill("SIGKILL");
    // The last line may be incomplete, and the first is a remark.
    const lines = linesOf(output).slice(1, -1);
    expect(longest(lines)).toBeLessThanOrEqual(columns);
    expect(lines.some((line) => line.endsWith(ONE.slice(0, 8)))).toBe(true);
  });

  it("ids in a table are as long as it takes to tell them apart, and lead to their trace", async () => {
    const { stdout } = await runCli(["samples", "--url", explorer.url], { cwd, columns: 80 });
    const ids = linesOf(stdout).flatMap((line) => /\b0af7\w+/.exec(line)?.[0] ?? []);
    expect([...new Set(ids)].sort()).toEqual([ONE.slice(0, 29), OTHER.slice(0, 29)].sort());
    const found = await runCli(["trace", ids[0] ?? "", "--url", explorer.url], { cwd });
    expect(found.code).toBe(0);
    const several = await runCli(["trace", "0af76519", "--url", explorer.url], { cwd });
    expect([several.code, several.stderr]).toEqual([
      2,
      `Several traces begin with 0af76519: ${ONE}, ${OTHER}\n`,
    ]);
  });
});

describe("in a pipe", () => {
  it("ids are whole", async () => {
    const { stdout } = await runCli(["samples", "--url", explorer.url], { cwd });
    expect(stdout).toContain(ONE);
    expect(stdout).toContain(OTHER);
  });
});

describe("a reader that closes the pipe early", () => {
  it("causes no error", async () => {
    const { url } = await startExplorerCli(["--memory"], { cwd });
    const values = Array.from({ length: 1000 }, (_, value) => metric({ value }));
    await fetch(`${url}/api/1/envelope/`, { method: "POST", body: metricEnvelope(...values) });
    const bin = join(import.meta.dirname, "../../dist/cli.js");
    const line = `"${process.execPath}" "${bin}" samples --limit 1000 --url ${url} | head -n 1; echo "code \${PIPESTATUS[0]}"`;
    const shell = spawn("bash", ["-c", line], { cwd });
    let output = "";
    shell.stdout.on("data", (chunk) => (output += String(chunk)));
    shell.stderr.on("data", (chunk) => (output += String(chunk)));
    await new Promise((resolve) => shell.once("close", resolve));
    expect(output).toMatch(/^time \(UTC\).*\ncode 0\n$/);
  });
});
