import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it, onTestFinished } from "vitest";
import { prepareSchema } from "../../../../src/store/duckdb/write/schema.js";
import { createWriter } from "../../../../src/store/duckdb/write/writer.js";
import { item } from "../../store-contract.js";

const MAX_ROWS = 10_000;

/** A writer, and the number of rows in its table. It is not read through the store, which would trim the table first. */
async function writerAndTable() {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const lastSeq = await prepareSchema(connection, false);
  const maintenanceConnection = await instance.connect();
  const writer = await createWriter({
    connection,
    maintenanceConnection,
    lastSeq,
    maxRows: MAX_ROWS,
  });
  const looking = await instance.connect();
  onTestFinished(async () => {
    await writer.close();
    instance.closeSync();
  });
  const stored = async (): Promise<number> => {
    const result = await looking.runAndReadAll("SELECT count(*)::INTEGER FROM items");
    return result.getRows()[0]?.[0] as number;
  };
  return { writer, stored };
}

describe("the writer", () => {
  it("keeps the table near its limit while items arrive and none are read", async () => {
    const { writer, stored } = await writerAndTable();
    const batch = Array.from({ length: 500 }, () => item());
    let appended = 0;
    let most = 0;
    await expect
      .poll(
        async () => {
          writer.append(batch);
          appended += batch.length;
          most = Math.max(most, await stored());
          return appended;
        },
        { interval: 1 },
      )
      .toBeGreaterThan(20 * MAX_ROWS);
    // Items that arrive within a quarter of a second, and those that wait for maintenance.
    expect(most).toBeLessThan(10 * MAX_ROWS);
    await writer.flush();
    expect(await stored()).toBe(MAX_ROWS);
  });

  it("writes items without a flush", async () => {
    const { writer, stored } = await writerAndTable();
    writer.append([item()]);
    await expect.poll(stored).toBe(1);
  });
});
