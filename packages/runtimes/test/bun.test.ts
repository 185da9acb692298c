import { describe, expect, test } from "vitest";
import { binaryOf, isSupported, onlyOn } from "./support/binaries.js";
import { tryEndings } from "./support/endings.js";
import { runFixture } from "./support/run.js";

describe.skipIf(!isSupported)(`Bun${onlyOn}`, () => {
  test("however a process ends, nothing is lost, and the end is as without us", async () => {
    const { trials, wanted } = await tryEndings([binaryOf("bun")]);
    expect(trials).toEqual(wanted);
  }, 240_000);

  test("@spanmeter/browser does not keep the process alive", async () => {
    const run = await runFixture("browser-on-server", { runtime: "bun" });
    expect(run).toEqual({ code: 0, signal: null, stdout: "", stderr: "" });
  });
});
