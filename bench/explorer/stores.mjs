import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { itemsSql } from "./items.mjs";

const root = join(import.meta.dirname, "../..");
const { DuckDBInstance } = createRequire(join(root, "packages/explorer/package.json"))(
  "@duckdb/node-api",
);

/** Starts an explorer with so many items, and opens DuckDB alone on a copy of its data. */
export async function openStores(count, end) {
  const { startExplorer } = await import(join(root, "packages/explorer/dist/index.js"));
  const data = await mkdtemp(join(tmpdir(), "spanmeter-bench-"));
  const start = () => startExplorer({ port: 0, data, maxRows: 2 * count });
  // It makes the tables.
  await (await start()).close();
  const file = join(data, "explorer.duckdb");
  await fill(file, count, end);
  const copy = join(data, "copy.duckdb");
  await copyFile(file, copy);
  const explorer = await start();
  const database = await DuckDBInstance.create(copy);
  const connection = await database.connect();
  return {
    queries: explorer.queries,
    /** Runs a statement on the copy and returns its rows. */
    async select(sql) {
      return (await connection.runAndReadAll(sql)).getRowObjectsJS();
    },
    async close() {
      connection.closeSync();
      database.closeSync();
      await explorer.close();
      await rm(data, { recursive: true });
    },
  };
}

async function fill(file, count, end) {
  const database = await DuckDBInstance.create(file);
  const connection = await database.connect();
  await connection.run(itemsSql(count), { end: BigInt(end) * 1_000_000_000n });
  connection.closeSync();
  database.closeSync();
}
