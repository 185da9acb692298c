import { describe, expect, it, onTestFinished } from "vitest";
import { createSelect, type Select } from "../../../../src/store/duckdb/questions/select.js";
import { openDatabase } from "../../../../src/store/duckdb/file/database.js";
import { prepareSchema } from "../../../../src/store/duckdb/write/schema.js";

async function memorySelect(): Promise<Select> {
  const database = await openDatabase(undefined, false);
  onTestFinished(() => database.close());
  await prepareSchema(await database.connect(), false);
  return createSelect(database, async () => {});
}

describe("a reading statement", () => {
  it("rejects when it fails, and the next one runs", async () => {
    const select = await memorySelect();
    await expect(select("SELECT nothing FROM nowhere")).rejects.toThrow(/nowhere/);
    expect(await select("SELECT count(*)::INTEGER AS n FROM items")).toEqual([{ n: 0 }]);
  });

  it("takes values only as parameters", async () => {
    const select = await memorySelect();
    const text = "'; DROP TABLE items; --";
    expect(await select("SELECT $1 AS text", [text])).toEqual([{ text }]);
  });
});
