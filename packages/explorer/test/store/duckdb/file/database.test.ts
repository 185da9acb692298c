import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openDatabase } from "../../../../src/store/duckdb/file/database.js";
import { prepareSchema } from "../../../../src/store/duckdb/write/schema.js";
import { temporaryFolder } from "../../../support/temporary-folder.js";

describe("a database that is opened for reading", () => {
  it("refuses statements that write", async () => {
    const file = join(temporaryFolder(), "x.duckdb");
    const writable = await openDatabase(file, false);
    await prepareSchema(await writable.connect(), false);
    await writable.close();
    const database = await openDatabase(file, true);
    onTestFinished(() => database.close());
    const deleteAll = database.withConnection((connection) => connection.run("DELETE FROM items"));
    await expect(deleteAll).rejects.toThrow(/read-only/);
  });
});

describe("a database that closes while it answers", () => {
  it("ends the answer early, and leaves the file to the next one", async () => {
    const file = join(temporaryFolder(), "x.duckdb");
    const database = await openDatabase(file, false);
    const endless = database.withConnection((connection) =>
      connection.run(
        "SELECT count(*) FROM range(1_000_000) a, range(1_000_000) b WHERE hash(a.range + b.range) = 0",
      ),
    );
    const ended = endless.then(String, String);
    // A later statement is answered: the first one runs.
    await database.withConnection((connection) => connection.run("SELECT 1"));
    await database.close();
    expect(await ended).toMatch(/interrupt/i);
    await expect(database.withConnection(async () => {})).rejects.toThrow("The store is closed");
    const next = await openDatabase(file, false);
    await next.close();
  });
});
