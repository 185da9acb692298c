import { describe, expect, it, onTestFinished } from "vitest";
import { withSignal } from "../../../src/runtime/cancellation.js";
import { openDatabase } from "../../../src/store/duckdb/file/database.js";
import { createSelect, type Select } from "../../../src/store/duckdb/questions/select.js";

/** It would take hours. */
const ENDLESS = "SELECT sum(a.range * b.range) AS s FROM range(10000000) a, range(10000000) b";

async function select(): Promise<Select> {
  const database = await openDatabase(undefined, false);
  onTestFinished(() => database.close());
  return createSelect(database, async () => {});
}

describe("a statement", () => {
  it("ends when the reader that asked has gone", async () => {
    const run = await select();
    const abort = new AbortController();
    const running = withSignal(abort.signal, () => run(ENDLESS));
    setTimeout(() => abort.abort(), 100);
    await expect(running).rejects.toThrow(/INTERRUPT/i);
    expect(await run("SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  it("waits while four others run, and does not begin when its reader has gone meanwhile", async () => {
    const run = await select();
    const others = new AbortController();
    const running = [1, 2, 3, 4].map(() => withSignal(others.signal, () => run(ENDLESS)));
    const gone = new AbortController();
    const refusal = withSignal(gone.signal, () => run(ENDLESS)).catch(String);
    const last = run("SELECT 1 AS one");
    gone.abort();
    await new Promise((resolve) => setTimeout(resolve, 100));
    others.abort();
    await Promise.all(running.map((each) => expect(each).rejects.toThrow(/INTERRUPT/i)));
    expect(await refusal).toMatch(/abort/i);
    expect(await last).toEqual([{ one: 1 }]);
  });
});
