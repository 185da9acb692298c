import { describe, expect, it } from "vitest";
import { cliExplorer } from "../support/cli-explorer.js";
import { TRACE_ID } from "../support/envelopes.js";

const { run } = cliExplorer();

describe("spanmeter trace", () => {
  it("lists items of the trace whose span was not received", async () => {
    const { code, stdout } = await run("trace", TRACE_ID);
    expect(code).toBe(0);
    expect(stdout).toContain(`trace ${TRACE_ID}  0 spans`);
    expect(stdout).toMatch(
      /outside its received spans:\n +\d\d:\d\d:\d\d\.\d{3} counter checkout\.started 1,234,567/,
    );
  });

  it("ends with 1 for an unknown trace, and with 2 for text that is not a trace id", async () => {
    expect((await run("trace", "f".repeat(32))).code).toBe(1);
    expect((await run("trace", "xyz")).code).toBe(2);
  });
});

describe("colours", () => {
  it("are left out of a pipe", async () => {
    expect((await run("trace", TRACE_ID)).stdout).not.toContain("\u001b");
  });
});
