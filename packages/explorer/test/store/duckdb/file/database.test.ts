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
    writable.close();
    const database = await openDatabase(file, true);
    onTestFinished(() => database.close());
    const deleteAll = database.withConnection((connection) => connection.run("DELETE FROM items"));
    await expect(deleteAll).rejects.toThrow(/read-only/);
  });
});
