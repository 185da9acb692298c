import { describe, expect, it } from "vitest";
import type { CostAnswer } from "../../src/index.js";
import { runCli } from "../support/cli.js";
import { cliExplorer } from "../support/cli-explorer.js";
import { metric, metricEnvelope } from "../support/envelopes.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { testExplorer } from "../support/test-explorer.js";

const { run } = cliExplorer();

describe("spanmeter cost", () => {
  it("shows the bytes of each metric, and their part", async () => {
    const { code, stdout, stderr } = await run("cost");
    const [title = "", head = "", ...rows] = stdout.trim().split("\n");
    expect([code, stderr]).toEqual([0, ""]);
    // The oldest metric is two minutes old.
    expect(title).toMatch(
      /^\d+ B in [\d.]+ min; 30 days at this rate: [\d.]+ MB, \$0\.00 \(0\.5 a GB after 5 GB\)$/,
    );
    expect(head).toMatch(/^metric +type +unit +items +bytes +a minute +share +a month$/);
    expect(rows[0]).toMatch(
      /^query\.duration +distribution +millisecond +7 +222 B +[\d.]+ B +\d+\.\d % +\$0\.00$/,
    );
    const shares = rows.map((row) => Number(/([\d.]+) %/.exec(row)?.[1]));
    expect(shares).toHaveLength(3);
    expect(shares.reduce((sum, each) => sum + each, 0)).toBeCloseTo(100, 0);
  });

  it("splits them by attribute, and takes a price", async () => {
    const price = ["--price", "1000000", "--free", "0"];
    const { code, stdout } = await run("cost", "--by", "key", ...price);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^attribute +items +bytes/m);
    expect(stdout).toMatch(/^\(no attribute\) +9 +/m);
    expect(stdout).toMatch(/^route +7 +68 B +[\d.]+ B +\d+\.\d % +\$[1-9]\d*\.\d\d$/m);
  });

  it("prints JSON with --json, and says what is left out", async () => {
    const { code, stdout, stderr } = await run("cost", "--limit", "1", "--json");
    const answer = JSON.parse(stdout) as CostAnswer & { schema: number };
    expect([code, answer.schema, answer.by, answer.rows.length]).toEqual([0, 1, "metric", 1]);
    expect(stderr).toBe("Only 1 of 3 rows are shown: --limit\n");
  });

  it("ends with 1 when no metric matches, and with 2 for a wrong option", async () => {
    const nothing = await run("cost", "--where", "route=/nowhere");
    expect([nothing.code, nothing.stderr]).toEqual([1, "No metrics match\n"]);
    expect((await run("cost", "--by", "route")).code).toBe(2);
    expect((await run("cost", "--price", "x")).stderr).toContain("It must be a number");
  });

  it.runIf(process.platform === "linux")("draws bars in a terminal", async () => {
    const explorer = await testExplorer();
    const names = ["a".repeat(32), "b".repeat(8)];
    await explorer.post(metricEnvelope(...names.map((name) => metric({ name }))));
    const options = { cwd: temporaryFolder(), columns: 120, env: { NO_COLOR: "1" } };
    const { stdout } = await runCli(["cost", "--url", explorer.url], options);
    // 40 and 16 of 56 bytes, in twentieths.
    expect([...stdout.matchAll(/%  (\S+) /g)].map(([, bar]) => bar)).toEqual([
      "█".repeat(14) + "▎",
      "█".repeat(5) + "▊",
    ]);
  });
});
