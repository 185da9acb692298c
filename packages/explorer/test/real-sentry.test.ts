import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import type { Item } from "../src/index.js";
import { runCli } from "./support/cli.js";
import { temporaryFolder } from "./support/temporary-folder.js";
import { testExplorer, type TestExplorer } from "./support/test-explorer.js";

const runProgram = promisify(execFile);

const APP = fileURLToPath(new URL("./support/sentry-app.mjs", import.meta.url));

/**
 * What each major sends beside the query's span: 8 knows no logs, 9 does not say in which span one was written,
 * and 8 and 9 know no metrics of this kind.
 */
const METRICS = [
  ["metric", "checkout.started"],
  ["metric", "query.duration"],
];
const LOG = ["log", "slow query"];
const ERROR = ["error", "Error: payment declined"];

const VERSIONS = [
  { major: 8, lifecycle: "static", version: "8.55.2", items: [ERROR] },
  { major: 9, lifecycle: "static", version: "9.47.2", items: [ERROR] },
  { major: 10, lifecycle: "static", version: "10.78.0", items: [...METRICS, LOG, ERROR] },
  { major: 11, lifecycle: "static", version: "11.12.0", items: [...METRICS, LOG, ERROR] },
  { major: 11, lifecycle: "stream", version: "11.12.0", items: [...METRICS, LOG, ERROR] },
];

/**
 * The items in the order of their times, errors last: SDKs take the time of an error from another clock, which
 * can be some milliseconds behind that of metrics and logs.
 */
const namesOf = (items: readonly Item[] = []): string[][] => {
  const isError = ({ kind }: Item): boolean => kind === "error";
  return [...items.filter((item) => !isError(item)), ...items.filter(isError)].map(
    ({ kind, name }) => [kind, name],
  );
};

/** Runs the program against the explorer; returns the id of its trace. */
async function run(explorer: TestExplorer, major: number, lifecycle: string): Promise<string> {
  const dsn = `http://public@127.0.0.1:${explorer.port}/42`;
  const { stdout } = await runProgram(process.execPath, [APP, String(major), dsn, lifecycle]);
  return stdout;
}

describe.each(VERSIONS)(
  "@sentry/node $major with traceLifecycle $lifecycle",
  ({ major, lifecycle, version, items }) => {
    it("has its trace: spans, and in them the metrics, the log and the error", async () => {
      const explorer = await testExplorer();
      const trace = await explorer.queries.trace(await run(explorer, major, lifecycle));
      expect(trace.spans.map(({ span, depth }) => [span.name, span.op, depth])).toEqual([
        ["GET /checkout", "http.server", 0],
        ["SELECT 1", "db", 1],
      ]);
      expect(namesOf(trace.spans[1]?.items)).toEqual(items);
      const logs = trace.unattached.filter(({ kind }) => kind === "log");
      expect(namesOf(logs)).toEqual(major === 9 ? [LOG] : []);
      expect(trace.spans[1]?.span.durationMs).toBeGreaterThan(15);
      expect(trace.spans[0]?.span).toMatchObject({
        project: "42",
        sdk: `sentry.javascript.node/${version}`,
      });
    });

    it("without a DSN reaches the explorer through its spotlight option", async () => {
      const explorer = await testExplorer();
      const args = [APP, String(major), "none", lifecycle, `${explorer.url}/stream`];
      const { stdout: traceId } = await runProgram(process.execPath, args);
      await expect.poll(async () => (await explorer.queries.stats()).received).toBeGreaterThan(0);
      const { spans } = await explorer.queries.trace(traceId);
      expect(namesOf(spans[1]?.items)).toEqual(items);
    });
  },
);

describe.each(["stream", "static"])("@sentry/node 11 with traceLifecycle %s", (lifecycle) => {
  it("is shown as a waterfall on the command line", async () => {
    const explorer = await testExplorer();
    const id = await run(explorer, 11, lifecycle);
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
  it("shows what Sentry would silently drop: NaN arrives as null", async () => {
    const explorer = await testExplorer();
    await run(explorer, 11, "stream");
    const {
      samples: [sample],
    } = await explorer.queries.samples({ name: "pool.in_use" });
    expect(sample).toMatchObject({ verdict: "dropped", notes: [{ code: "invalid_value" }] });
  });
});
