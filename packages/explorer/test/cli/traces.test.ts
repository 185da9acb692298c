import { describe, expect, it } from "vitest";
import type { TraceList } from "../../src/index.js";
import { runCli } from "../support/cli.js";
import { cliExplorer } from "../support/cli-explorer.js";
import {
  container,
  envelope,
  metric,
  metrics,
  nowSeconds,
  SPAN_TYPE,
  TRACE_ID,
} from "../support/envelopes.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { testExplorer, type TestExplorer } from "../support/test-explorer.js";

const { run } = cliExplorer();

async function withSpans(): Promise<TestExplorer> {
  const explorer = await testExplorer();
  const start = nowSeconds() - 5;
  const trace = (id: string, name: string, seconds: number) => ({
    trace_id: id.repeat(32),
    span_id: id.repeat(16),
    name,
    start_timestamp: start,
    end_timestamp: start + seconds,
    attributes: { "sentry.op": { value: "http.server", type: "string" } },
  });
  const paid = {
    name: "paid",
    type: "distribution",
    unit: "millisecond",
    trace_id: "b".repeat(32),
  };
  await explorer.post(
    envelope([
      container("span", SPAN_TYPE, [
        trace("a", "GET /cart", 2),
        trace("b", "GET /pay\u001b[2J", 1),
      ]),
      metrics([metric({ ...paid, value: 3 }), metric({ ...paid, value: 8 })]),
    ]),
  );
  return explorer;
}

describe("spanmeter traces", () => {
  it("lists traces with their root and counts", async () => {
    const { url } = await withSpans();
    const { code, stdout } = await runCli(["traces", "--sort", "-duration", "--url", url], {
      cwd: temporaryFolder(),
    });
    expect(code).toBe(0);
    const [title, first, second] = stdout.split("\n");
    expect(title).toMatch(/^start \(UTC\) +root +duration +spans +errors +logs +metrics +trace$/);
    expect(first).toMatch(/ http\.server GET \/cart +2 s +1 +0 +0 +0 +a{32}$/);
    expect(second).toMatch(/ http\.server GET \/pay\\u001b\[2J +1 s +1 +0 +0 +2 +b{32}$/);
  });

  it("shows the greatest value of a metric in its unit", async () => {
    const { url } = await withSpans();
    const { stdout } = await runCli(["traces", "--metric", "paid", "--url", url], {
      cwd: temporaryFolder(),
    });
    expect(stdout.trim().split("\n")).toHaveLength(2);
    expect(stdout).toMatch(/ metrics +value +trace\n.* 2 +8 ms +b{32}\n$/);
  });

  it("goes on page by page", async () => {
    const { url } = await withSpans();
    const read = (...more: string[]) =>
      runCli(["traces", "--limit", "1", "--json", "--url", url, ...more], {
        cwd: temporaryFolder(),
      });
    const first = await read();
    const { traces, next = "" } = JSON.parse(first.stdout) as TraceList;
    expect(first.stderr).toContain(`There are more: --cursor ${next}`);
    const second = JSON.parse((await read("--cursor", next)).stdout) as TraceList;
    expect([traces[0]?.traceId, second.traces[0]?.traceId]).toEqual([
      "b".repeat(32),
      "a".repeat(32),
    ]);
    expect(second.next).toBeUndefined();
  });

  it("lists traces of which no span was received", async () => {
    const { code, stdout } = await run("traces");
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(` \\(no spans\\) .* ${TRACE_ID}$`, "m"));
  });

  it("ends with 1 when none match, and with 2 for an unknown order", async () => {
    const none = await run("traces", "--where", "@level=x");
    expect([none.code, none.stderr.trim()]).toEqual([1, "No traces match"]);
    expect((await run("traces", "--sort", "name")).code).toBe(2);
  });
});
