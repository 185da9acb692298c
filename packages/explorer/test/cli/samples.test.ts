import { describe, expect, it } from "vitest";
import type { Item } from "../../src/index.js";
import { cliExplorer, CONTROL_TEXT } from "../support/cli-explorer.js";
import { SPAN_ID, TRACE_ID } from "../support/envelopes.js";

const { run } = cliExplorer();

describe("spanmeter samples", () => {
  it("shows single metrics with their trace and verdict", async () => {
    const { code, stdout } = await run("samples", "checkout.started");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^time \(UTC\) +value +trace +span +attributes +verdict$/m);
    expect(stdout).toMatch(
      new RegExp(`^\\d{4}-.* 1,234,567 +${TRACE_ID} +${SPAN_ID} +accepted$`, "m"),
    );
  });

  it("shows why metrics were dropped", async () => {
    const { stdout } = await run("samples", "--verdict", "dropped");
    expect(stdout).toMatch(/lost .* dropped: value must be a finite number, not null$/m);
  });

  it("prints JSON with --json", async () => {
    const { stdout } = await run("samples", "query.duration", "--limit", "2", "--json");
    expect((JSON.parse(stdout) as SamplePage).samples.map(({ name }) => name)).toEqual([
      "query.duration",
      "query.duration",
    ]);
  });

  it("prints no escape sequence of a name or value", async () => {
    for (const args of [
      ["samples", "evil"],
      ["trace", TRACE_ID],
      ["query", "evil", "--by", "key"],
    ]) {
      const { code, stdout } = await run(...args);
      expect(code).toBe(0);
      expect(stdout).toContain("\\u001b[2J");
      expect(stdout.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    }
    const { stdout } = await run("samples", "evil", "--json");
    expect(stdout).not.toMatch(/[\u007f-\u009f\u202e]/);
    expect((JSON.parse(stdout) as SamplePage).samples[0]?.attributes["key"]).toBe(CONTROL_TEXT);
  });
});
