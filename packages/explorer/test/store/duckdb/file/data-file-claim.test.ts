import { execFile } from "node:child_process";
import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startExplorer } from "../../../../src/index.js";
import { openDuckDBStore } from "../../../../src/store/duckdb/duckdb-store.js";
import { requireBuild } from "../../../support/cli.js";
import { temporaryFolder } from "../../../support/temporary-folder.js";
import { testExplorer } from "../../../support/test-explorer.js";

const FIXTURE = join(import.meta.dirname, "../../../fixtures/second-explorer.mjs");

/** The output of a process that tries to start a second explorer. */
const runSecond = (...args: string[]): Promise<string> =>
  new Promise((resolve) =>
    execFile(process.execPath, [FIXTURE, ...args], (_, stdout, stderr) => resolve(stdout + stderr)),
  );

describe("a data folder with an explorer", () => {
  it.each([
    ["the same path", "module"],
    ["a symbolic link", "module"],
    ["the same path", "commonjs"],
    ["a symbolic link", "thread"],
  ])("refuses a second one of the process by %s (%s), and loses nothing", async (path, from) => {
    requireBuild();
    const root = temporaryFolder();
    const folder = join(root, "data");
    const link = join(root, "link");
    mkdirSync(folder);
    symlinkSync(folder, link);
    const output = await runSecond(folder, path === "the same path" ? folder : link, from);
    expect(output).toMatch(/in use by another explorer of this process.*another folder/);
    const next = await testExplorer({ memory: false, data: link });
    const { rows } = await next.queries.table("kept", { aggregations: ["sum"] });
    expect(rows[0]?.values).toEqual({ sum: 2000 });
  });

  it("has one owner when two are started at the same moment", async () => {
    const data = temporaryFolder();
    const results = await Promise.allSettled([1, 2, 3].map(() => startExplorer({ data, port: 0 })));
    for (const result of results)
      if (result.status === "fulfilled") onTestFinished(() => result.value.close());
    expect(results.map(({ status }) => status).sort()).toEqual([
      "fulfilled",
      "rejected",
      "rejected",
    ]);
  });

  it("refuses a reader of the same process, whose end would unlock the file", async () => {
    const data = temporaryFolder();
    await testExplorer({ memory: false, data });
    const file = join(data, "explorer.duckdb");
    await expect(openDuckDBStore({ file, readOnly: true })).rejects.toThrow(
      /in use by another explorer/,
    );
  });

  it("is free again when its explorer has closed, or could not start", async () => {
    const data = temporaryFolder();
    const first = await startExplorer({ data, port: 0 });
    const taken = await startExplorer({ memory: true, port: 0 });
    onTestFinished(() => taken.close());
    await first.close();
    await expect(startExplorer({ data, port: taken.port })).rejects.toThrow("is taken");
    await testExplorer({ memory: false, data });
  });
});

describe("a data file that is a symbolic link", () => {
  it("keeps its log beside the file it leads to", async () => {
    const root = temporaryFolder();
    const real = join(root, "real.duckdb");
    await (await openDuckDBStore({ file: real })).close();
    mkdirSync(join(root, "linked"));
    const link = join(root, "linked/x.duckdb");
    symlinkSync(real, link);
    const store = await openDuckDBStore({ file: link });
    onTestFinished(() => store.close());
    await expect(openDuckDBStore({ file: real })).rejects.toThrow("in use");
    expect(existsSync(`${link}.wal`)).toBe(false);
  });

  it("is refused when it leads nowhere", async () => {
    const root = temporaryFolder();
    symlinkSync(join(root, "nowhere"), join(root, "x.duckdb"));
    await expect(openDuckDBStore({ file: join(root, "x.duckdb") })).rejects.toThrow(
      "is not a file",
    );
  });
});
