import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ingestForTest } from "../support/ingest.js";
import { runScript } from "../support/run-script.js";
import { stateForTest } from "../support/state.js";

const FAULTS = [
  "Date.now that returns nothing",
  "Date.now that throws",
  "toJSON on String",
  "toJSON on Date",
  "no TextEncoder",
  "Math.random that throws",
  "performance.now that throws",
  "setTimeout that throws",
  "setTimeout that returns a number",
  "no setImmediate",
  "console that throws",
  "Atomics.wait that throws",
];
const CODES = { natural: 0, exit: 7, throw: 1 };

describe.each(Object.entries(CODES))("a process that ends by '%s'", (way, code) => {
  test.each(FAULTS)("has its usual exit code and reports all losses with %s", async (fault) => {
    const ingest = await ingestForTest();
    const { home } = await stateForTest();
    const report = join(home, "report");
    const env = { XDG_STATE_HOME: home };
    const run = await runScript("hostile-end", { args: [fault, way, ingest.dsn, report], env });
    expect(run).toMatchObject({ code, signal: null });
    expect(run.stderr).not.toContain("unhandled");
    const { lost, recorded } = JSON.parse(await readFile(report, "utf8")) as Record<string, number>;
    await runScript("ending", { args: ["next process", ingest.dsn], env });
    const arrived = ingest.metrics.filter(({ name }) => name === "kept").length;
    expect({ recorded, accounted: arrived + lost! }).toEqual({ recorded: 6, accounted: 6 });
    ingest.assertClean();
  });
});
