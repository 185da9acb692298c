import { describe, expect, it } from "vitest";
import type { MetricList } from "../../src/index.js";
import { runCli } from "../support/cli.js";
import { cliExplorer } from "../support/cli-explorer.js";
import { envelope, metric, metricEnvelope, metrics, nowSeconds } from "../support/envelopes.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { testExplorer } from "../support/test-explorer.js";

const { run } = cliExplorer();

describe("spanmeter metrics", () => {
  it("lists names, types, units and counts", async () => {
    const { code, stdout, stderr } = await run("metrics");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout.split("\n")[0]).toMatch(
      /^metric +type +unit +count +samples +changed +dropped +last seen \(UTC\)$/,
    );
    expect(stdout).toMatch(/^query\.duration +distribution +millisecond +7 +7 +0 +0 +\d{4}-/m);
    expect(stdout).toMatch(/^lost +- +- +0 +0 +0 +1 +\d{4}-/m);
    expect(stdout).toMatch(/^\(no name\) +- +- +0 +0 +0 +1 +\d{4}-/m);
  });

  it("prints JSON with --json", async () => {
    const { code, stdout } = await run("metrics", "--json");
    const { schema, metrics, total } = JSON.parse(stdout) as MetricList & { schema: number };
    expect([code, schema, total]).toEqual([0, 1, 5]);
    expect(metrics.map(({ name }) => name)).toEqual([
      "",
      "checkout.started",
      "evil",
      "lost",
      "query.duration",
    ]);
  });
});

describe.runIf(process.platform === "linux")("spanmeter metrics, in a terminal,", () => {
  it("draws the course of each metric", async () => {
    const explorer = await testExplorer();
    const at = (back: number) => metric({ timestamp: nowSeconds() - back });
    await explorer.post(metricEnvelope(at(1000), at(1), at(1), at(1), at(1)));
    const options = { cwd: temporaryFolder(), columns: 140, env: { NO_COLOR: "1" } };
    const { stdout } = await runCli(["metrics", "--url", explorer.url], options);
    expect(stdout).toMatch(/▂ {18}█/);
  });
});

describe("spanmeter metrics, after the table,", () => {
  it("reports what SDKs lost and which containers were refused as a whole", async () => {
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
    await explorer.post(metricEnvelope(metric()));
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
          /^1 containers were refused as a whole: node \S+cli\.js samples --verdict dropped$/,
        ),
      ],
    ]);
  });
});
