import { DuckDBInstance } from "@duckdb/node-api";
import * as Sentry from "@sentry/node";
import { metrics } from "@spanmeter/node";
import { createPool } from "./pool.mjs";
import { createTables } from "./tables.mjs";

/** One less than node's worker threads, because file access and compression need one too. */
const CONNECTIONS = 3;
const STOP_EVERY_MS = 20;

export class QueryTimeout extends Error {
  name = "QueryTimeout";
}

/** Opens the shop's database in memory. Every query has a span and a `query.duration_ms`. */
export async function openDatabase() {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connections = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => instance.connect()),
  );
  await createTables(connections[0]);
  const pool = createPool(connections);

  return {
    /**
     * Runs a named query and resolves to its rows.
     * @throws {QueryTimeout} when `signal` aborts first, which stops the query.
     */
    query: (name, sql, values = [], signal) =>
      inSpan(name, sql, () =>
        pool.use((connection) =>
          measured(name, () => readRows(connection, { name, sql, values, signal })),
        ),
      ),
    close() {
      for (const connection of connections) connection.closeSync();
      instance.closeSync();
    },
  };
}

function inSpan(name, sql, run) {
  const attributes = {
    "db.system.name": "duckdb",
    "db.query.summary": name,
    "db.query.text": sql,
  };
  return Sentry.startSpan({ op: "db.query", name, attributes }, run);
}

async function measured(name, run) {
  const started = performance.now();
  let outcome = "error";
  try {
    const rows = await run();
    outcome = "ok";
    return rows;
  } catch (error) {
    if (error instanceof QueryTimeout) outcome = "timeout";
    throw error;
  } finally {
    metrics.distribution("query.duration_ms", performance.now() - started, {
      unit: "millisecond",
      attributes: { query: name, outcome },
    });
  }
}

async function readRows(connection, { name, sql, values, signal }) {
  const timedOut = () => new QueryTimeout(`${name} timed out and was stopped`);
  if (signal?.aborted) throw timedOut();
  let stopping;
  // An interrupt before the query has begun has no effect, so it is repeated until the query ends.
  const stop = () => (stopping = setInterval(() => connection.interrupt(), STOP_EVERY_MS));
  signal?.addEventListener("abort", stop);
  try {
    const result = await connection.runAndReadAll(sql, values);
    return result.getRowObjectsJson();
  } catch (error) {
    throw signal?.aborted ? timedOut() : error;
  } finally {
    signal?.removeEventListener("abort", stop);
    clearInterval(stopping);
  }
}
