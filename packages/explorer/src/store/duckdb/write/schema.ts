import type { DuckDBConnection } from "@duckdb/node-api";
import { COLUMNS } from "./columns.js";

/** Increased with every change of the table. A file of another version is refused. */
const SCHEMA_VERSION = 1;

/** Makes or checks the tables, and returns the highest `seq`. Throws when the file has another version. */
export async function prepareSchema(
  connection: DuckDBConnection,
  readOnly: boolean,
): Promise<bigint> {
  if (!readOnly) {
    const columns = COLUMNS.map((column) => `${column.name} ${column.sql}`).join(", ");
    await connection.run("CREATE TABLE IF NOT EXISTS spanmeter (version INTEGER)");
    await connection.run(
      "INSERT INTO spanmeter SELECT $1 WHERE NOT EXISTS (SELECT 1 FROM spanmeter)",
      [SCHEMA_VERSION],
    );
    await connection.run(`CREATE TABLE IF NOT EXISTS items (seq BIGINT, ${columns})`);
  }
  await checkVersion(connection);
  const result = await connection.runAndReadAll("SELECT max(seq) FROM items");
  const highest = result.getRows()[0]?.[0];
  return typeof highest === "bigint" ? highest : 0n;
}

async function checkVersion(connection: DuckDBConnection): Promise<void> {
  const result = await connection.runAndReadAll("SELECT version FROM spanmeter");
  const version = result.getRows()[0]?.[0];
  if (version === SCHEMA_VERSION) return;
  throw new Error(
    `it was written by another version of the explorer (format ${String(version)}, this one reads ${SCHEMA_VERSION}). ` +
      "Move the file away, or choose another folder with --data.",
  );
}
