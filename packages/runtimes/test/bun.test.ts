import { describe, expect, test } from "vitest";
import { binaryOf, isSupported, onlyOn } from "./support/binaries.js";
import { tryEndings } from "./support/endings.js";
import { runFixture } from "./support/run.js";

describe.skipIf(!isSupported)(`Bun${onlyOn}`, () => {
  test("a process loses nothing, whichever way it ends, and ends as it would without Spanmeter", async () => {
    const { trials, expected } = await tryEndings([binaryOf("bun")]);
    expect(trials).toEqual(expected);
  }, 240_000);

  test("@spanmeter/browser does not keep the process alive", async () => {
    const run = await runFixture("browser-on-server", { runtime: "bun" });
    expect(run).toEqual({ code: 0, signal: null, stdout: "", stderr: "" });
  });
});
