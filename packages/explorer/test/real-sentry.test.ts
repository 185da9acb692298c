import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { runCli } from "./support/cli.js";
import { temporaryFolder } from "./support/temporary-folder.js";
import { testExplorer, type TestExplorer } from "./support/test-explorer.js";

const APP = fileURLToPath(new URL("./support/sentry-app.mjs", import.meta.url));

/** Runs the program against the explorer; returns the id of its trace. */
async function run(explorer: TestExplorer, lifecycle: string): Promise<string> {
  const dsn = `http://public@127.0.0.1:${explorer.port}/42`;
  const { stdout } = await promisify(execFile)(process.execPath, [APP, dsn, lifecycle]);
  return stdout;
}

describe.each(["stream", "static"])("@sentry/node 11 with traceLifecycle %s", (lifecycle) => {
  it("has its trace put together: spans, and in them the metrics, the log and the error", async () => {
    const explorer = await testExplorer();
    const trace = await explorer.queries.trace(await run(explorer, lifecycle));
    expect(trace.spans.map(({ span, depth }) => [span.name, span.op, depth])).toEqual([
      ["GET /checkout", "http.server", 0],
      ["SELECT 1", "db", 1],
    ]);
    expect(trace.spans[1]?.items.map(({ kind, name }) => [kind, name])).toEqual([
      ["metric", "checkout.started"],
      ["metric", "query.duration"],
      ["log", "slow query"],
      ["error", "Error: payment declined"],
    ]);
    expect(trace.spans[1]?.span.durationMs).toBeGreaterThan(15);
    expect(trace.spans[0]?.span).toMatchObject({
      project: "42",
      sdk: "sentry.javascript.node/11.12.0",
    });
  });

  it("is shown as a waterfall on the command line", async () => {
    const explorer = await testExplorer();
    const id = await run(explorer, lifecycle);
    const { code, stdout } = await runCli(["trace", id, "--url", explorer.url], {
      cwd: temporaryFolder(),
    });
    const lines = stdout.split("\n");
    expect(code).toBe(0);
    expect(lines[0]).toMatch(new RegExp(`^trace ${id}  2 spans, [\\d.]+ ms, from `));
    expect(lines[1]).toMatch(/^http\.server GET \/checkout +█+ +[\d.]+ ms$/);
    expect(lines[2]).toMatch(/^ {2}db SELECT 1 +█+ +[\d.]+ ms$/);
    expect(lines.slice(3, 7)).toEqual([
      "    · counter checkout.started 2 route=/checkout",
      "    · distribution query.duration 12.5 ms",
      "    · log warn slow query",
      "    · error Error: payment declined",
    ]);
  });
});

describe("@sentry/node 11", () => {
  it("learns here what Sentry would silently drop: NaN arrives as null", async () => {
    const explorer = await testExplorer();
    await run(explorer, "stream");
    const [sample] = await explorer.queries.samples({ name: "pool.in_use" });
    expect(sample).toMatchObject({ verdict: "dropped", notes: [{ code: "invalid_value" }] });
  });

  it("without a DSN reaches the explorer through its spotlight option", async () => {
    const explorer = await testExplorer();
    await promisify(execFile)(process.execPath, [APP, "none", "stream", `${explorer.url}/stream`]);
    await expect.poll(async () => (await explorer.queries.stats()).received).toBeGreaterThan(0);
    expect((await explorer.queries.aggregate("checkout.started")).rows[0]?.values["sum"]).toBe(2);
  });
});
