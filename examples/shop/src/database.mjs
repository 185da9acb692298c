import { DuckDBInstance } from "@duckdb/node-api";
import * as Sentry from "@sentry/node";
import { metrics } from "@spanmeter/node";
import { createPool } from "./pool.mjs";
import { createTables } from "./tables.mjs";

/** One less than node has threads for such work, which file access and compression need too. */
const CONNECTIONS = 3;
const STOP_EVERY_MS = 20;

export class QueryTimeout extends Error {
  name = "QueryTimeout";
}

/** The shop's database, in memory: every query is a span and a `query.duration_ms`. */
export async function openDatabase() {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connections = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => instance.connect()),
  );
  await createTables(connections[0]);
  const pool = createPool(connections);

  return {
    /**
     * Runs the SQL under a name that says what it is for and gives its rows.
     * @throws {QueryTimeout} when `signal` aborts first; the query is stopped then.
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
  const timedOut = () => new QueryTimeout(`${name} ran out of time and was stopped`);
  if (signal?.aborted) throw timedOut();
  let stopping;
  // An interruption misses a query that has not quite begun, so it is repeated until the query ends.
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
