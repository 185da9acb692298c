import { DuckDBInstance } from "@duckdb/node-api";
import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { openDuckDBStore } from "../../../src/store/duckdb/duckdb-store.js";
import type { Store } from "../../../src/store/store.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { item, storeContract, storedNames } from "../store-contract.js";

storeContract("the memory store", (options) => openDuckDBStore(options));
storeContract("the file store", (options) =>
  openDuckDBStore({ ...options, file: join(temporaryFolder(), "deep", "explorer.duckdb") }),
);

const count = async (store: Store) => (await store.stats()).rows;

describe("a data file", () => {
  it("shows earlier rows after a restart, and new ones come after them", async () => {
    const file = join(temporaryFolder(), "x.duckdb");
    const first = await openDuckDBStore({ file });
    first.append([item({ name: "before" })]);
    await first.close();
    const second = await openDuckDBStore({ file });
    onTestFinished(() => second.close());
    second.append([item({ name: "after" })]);
    expect(await storedNames(second)).toEqual(["before", "after"]);
    expect(await second.stats()).toMatchObject({ rows: 2, received: 2 });
  });

  it("is free for other processes as soon as its store is closed, or could not be opened", async () => {
    const file = join(temporaryFolder(), "x.duckdb");
    const lookFromOutside = async (): Promise<string> => {
      const script = `const { DuckDBInstance } = await import("@duckdb/node-api");
        const connection = await (await DuckDBInstance.create(process.argv[1])).connect();
        await connection.run("UPDATE spanmeter SET version = 99");`;
      const args = ["--input-type=module", "-e", script, file];
      return promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname }).then(
        () => "free",
        String,
      );
    };
    const store = await openDuckDBStore({ file });
    store.append([item()]);
    await store.stats();
    await store.close();
    expect(await lookFromOutside()).toBe("free");
    await expect(openDuckDBStore({ file })).rejects.toThrow("another version");
    expect(await lookFromOutside()).toBe("free");
  });

  it("is trimmed when it is opened with a lower limit", async () => {
    const file = join(temporaryFolder(), "x.duckdb");
    const first = await openDuckDBStore({ file });
    first.append(Array.from({ length: 50 }, () => item()));
    await first.close();
    const second = await openDuckDBStore({ file, maxRows: 20 });
    onTestFinished(() => second.close());
    expect(await count(second)).toBe(20);
  });

  it("can be read without being changed", async () => {
    const file = join(temporaryFolder(), "x.duckdb");
    const first = await openDuckDBStore({ file });
    first.append([item()]);
    await first.close();
    const reader = await openDuckDBStore({ file, readOnly: true });
    onTestFinished(() => reader.close());
    expect(await count(reader)).toBe(1);
    expect(() => reader.append([item()])).toThrow(/reading only/);
  });

  it("that is not a database is refused by name", async () => {
    const file = join(temporaryFolder(), "x.duckdb");
    writeFileSync(file, "this is not a database file at all".repeat(200));
    await expect(openDuckDBStore({ file })).rejects.toThrow(/x\.duckdb could not be opened/);
  });

  it("that is a folder is refused by name", async () => {
    const file = join(temporaryFolder(), "x.duckdb");
    mkdirSync(file);
    await expect(openDuckDBStore({ file })).rejects.toThrow(/x\.duckdb could not be opened/);
  });

  it("of another version is refused with what to do", async () => {
    const file = join(temporaryFolder(), "x.duckdb");
    await (await openDuckDBStore({ file })).close();
    const instance = await DuckDBInstance.create(file);
    const connection = await instance.connect();
    await connection.run("UPDATE spanmeter SET version = 99");
    connection.closeSync();
    instance.closeSync();
    await expect(openDuckDBStore({ file })).rejects.toThrow(/another version.*Move the file away/s);
  });
});

describe("items that no question needs", () => {
  it("are written to the file", async () => {
    const file = join(temporaryFolder(), "x.duckdb");
    const store = await openDuckDBStore({ file });
    onTestFinished(() => store.close());
    store.append([item()]);
    const { statSync } = await import("node:fs");
    const size = () => statSync(`${file}.wal`, { throwIfNoEntry: false })?.size ?? 0;
    const before = size();
    await expect.poll(size).toBeGreaterThan(before);
  });
});
