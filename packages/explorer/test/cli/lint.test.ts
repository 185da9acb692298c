import { describe, expect, it } from "vitest";
import type { Verdicts } from "../../src/index.js";
import { runCli } from "../support/cli.js";
import { cliExplorer, CONTROL_TEXT } from "../support/cli-explorer.js";
import { metric, metricEnvelope } from "../support/envelopes.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { testExplorer } from "../support/test-explorer.js";

const { run } = cliExplorer();

async function lint(body: string, ...args: string[]) {
  const explorer = await testExplorer();
  await explorer.post(body);
  return runCli(["lint", ...args, "--url", explorer.url], { cwd: temporaryFolder() });
}

describe("spanmeter lint", () => {
  it("shows what was sent, what Sentry would store, and the fix", async () => {
    const { code, stdout, stderr } = await lint(
      metricEnvelope(
        metric({ unit: "parsec" }),
        metric({ unit: "parsec" }),
        metric({ name: "cart-total" }),
        metric({ name: "lost", value: null }),
      ),
    );
    expect([code, stderr]).toEqual([1, "4 findings about 3 names\n"]);
    expect(stdout.trim().split("\n")).toEqual([
      "checkout.started: unit_normalized, 2 ×, changed",
      "  unit: parsec → none",
      "  fix: Use a unit that Sentry knows, such as millisecond, byte or percent, or none",
      "cart_total: name_normalized, 1 ×, changed",
      "  name: cart-total → cart_total",
      "  fix: Use only letters, digits, _ and . in names of metrics",
      "lost: invalid_value, 1 ×, dropped",
      "  value: null → (not stored)",
      "  fix: Check the number before the call: NaN, infinity and text are no values",
    ]);
  });

  it("prints single findings with --json", async () => {
    const { code, stdout } = await run("lint", "--code", "invalid_value", "--json");
    const answer = JSON.parse(stdout) as Verdicts & { schema: number };
    expect([code, answer.schema]).toEqual([1, 1]);
    expect(answer.findings.map(({ name, before }) => [name, before])).toEqual([["lost", "null"]]);
  });

  it("ends with 0 when Sentry would store everything as it was sent", async () => {
    const { code, stdout, stderr } = await run("lint", "query.duration");
    expect([code, stdout, stderr]).toEqual([
      0,
      "",
      "Nothing found: Sentry would store everything as it was sent\n",
    ]);
  });

  it("ends with 0 when there are only hints", async () => {
    const attributes = { "sentry.client_sample_rate": { value: 2, type: "double" } };
    const { code, stdout, stderr } = await lint(metricEnvelope(metric({ attributes })));
    expect([code, stderr]).toEqual([0, "1 finding about 1 name\n"]);
    expect(stdout).toContain("  weight: 1 / 2 → 1\n");
  });

  it("shows received text without its control characters", async () => {
    const { stdout } = await lint(metricEnvelope(metric({ unit: CONTROL_TEXT })));
    expect(stdout).toContain(
      "unit: \\u001b[2J\\u001b]0;owned\\u0007line\\nbreak\\u202e\\u009b2J → none",
    );
  });

  it("ends with 2 for a code that does not exist", async () => {
    const { code, stderr } = await run("lint", "--code", "wrong");
    expect([code, stderr]).toEqual([2, expect.stringContaining("valid are attribute_removed")]);
  });
});
