import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type { Explorer } from "../../../../explorer/dist/index.js";
import { startBuiltExplorer } from "./explorer.js";

/** A million metrics of the last hour, one in ten of them `million.duration`, written without the ingest's minutes. */
const ROWS = `
  INSERT INTO items BY NAME
  SELECT i + 1 AS seq, 'metric' AS kind, 'accepted' AS verdict, '[]' AS notes,
    $now - (1000000 - i) * 3600000 AS receivedNs, receivedNs AS timeNs,
    md5((i // 10)::VARCHAR) AS traceId, substr(traceId, 1, 16) AS spanId,
    CASE i % 10 WHEN 0 THEN 'million.duration' ELSE 'other.' || (i % 10) END AS name,
    'distribution' AS type, 'millisecond' AS unit,
    100 + hash(i) % 900 / 10 AS value, 1 AS weight, 200 AS bytes,
    '{"route":"/' || hash(i + 1) % 40 || '","plan":"' || ['free', 'pro'][1 + i // 7 % 2] || '"}' AS attributes
  FROM range(1000000) AS numbers(i)`;

/** An explorer whose store is full. */
export interface FullExplorer extends Explorer, AsyncDisposable {}

/** Starts an explorer with a million items. */
export async function startWithMillion(): Promise<FullExplorer> {
  const data = await mkdtemp(join(tmpdir(), "spanmeter-million-"));
  // It makes the tables.
  await (await startBuiltExplorer({ memory: false, data })).close();
  const database = await DuckDBInstance.create(join(data, "explorer.duckdb"));
  const connection = await database.connect();
  await connection.run(ROWS, { now: BigInt(Date.now()) * 1_000_000n });
  connection.closeSync();
  database.closeSync();
  const explorer = await startBuiltExplorer({ memory: false, data, maxRows: 2_000_000 });
  return {
    ...explorer,
    async [Symbol.asyncDispose]() {
      await explorer.close();
      await rm(data, { recursive: true });
    },
  };
}
