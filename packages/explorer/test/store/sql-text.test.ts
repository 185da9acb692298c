import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const SOURCES = join(import.meta.dirname, "../../src");
const SQL = /\b(?:SELECT|INSERT INTO|DELETE FROM|CREATE TABLE)\b/;

const filesWithSql = (): string[] =>
  readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts"))
    .filter((path) => SQL.test(readFileSync(join(SOURCES, path), "utf8")));

it("SQL is only in the sources of the DuckDB store, so that another store could stand beside it", () => {
  const files = filesWithSql();
  expect(files.length).toBeGreaterThan(5);
  expect(files.filter((path) => !path.startsWith("store/duckdb/"))).toEqual([]);
});
