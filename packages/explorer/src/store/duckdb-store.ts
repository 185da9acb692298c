import { DuckDBInstance } from "@duckdb/node-api";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DEFAULT_MAX_ROWS } from "../defaults.js";
import { explainOpenFailure } from "./store-error.js";
import type { Row } from "./row.js";
import { prepareSchema } from "./schema.js";
import type { SqlRecord, SqlValue, Store } from "./store.js";
import { createWriter, type Writer } from "./writer.js";

export interface StoreOptions {
  /** The database file; its folder is made. Without it everything stays in memory. */
  file?: string;
  /** Rows kept before the oldest leave. Default 1 000 000. */
  maxRows?: number;
  /** Only read an existing file. Default `false`. */
  readOnly?: boolean;
}

/** Opens the store. Throws a `StoreOpenError` that says what to do. */
export async function openStore(options: StoreOptions = {}): Promise<Store> {
  const { file, maxRows = DEFAULT_MAX_ROWS, readOnly = false } = options;
  const instance = await openInstance(file, readOnly);
  try {
    const connection = await instance.connect();
    const lastSeq = await prepareSchema(connection, readOnly);
    if (readOnly) return createStore(instance);
    const keeperConnection = await instance.connect();
    const writer = await createWriter({ connection, keeperConnection, lastSeq, maxRows });
    return createStore(instance, writer);
  } catch (error) {
    instance.closeSync();
    throw explainOpenFailure(file ?? "The memory store", error);
  }
}

const SETTINGS = {
  // No extension may be fetched from the network behind the user's back.
  autoinstall_known_extensions: "false",
  autoload_known_extensions: "false",
  // The keeper decides when: a checkpoint inside a commit would block the event loop.
  checkpoint_threshold: "256MB",
};

async function openInstance(file: string | undefined, readOnly: boolean): Promise<DuckDBInstance> {
  if (file === undefined) return DuckDBInstance.create(":memory:", SETTINGS);
  try {
    if (!readOnly) mkdirSync(dirname(file), { recursive: true });
    const access = readOnly ? { access_mode: "READ_ONLY" } : {};
    return await DuckDBInstance.create(file, { ...SETTINGS, ...access });
  } catch (error) {
    throw explainOpenFailure(file, error);
  }
}

function createStore(instance: DuckDBInstance, writer?: Writer): Store {
  const listeners = new Set<(rows: readonly Row[]) => void>();
  return {
    append(rows) {
      if (writer === undefined) throw new Error("This store was opened for reading only");
      writer.append(rows);
      for (const listener of listeners) listener(rows);
    },
    async select<T = SqlRecord>(sql: string, values: readonly SqlValue[] = []): Promise<T[]> {
      await writer?.flush();
      // A connection runs one statement at a time: readers get their own and never wait for each other.
      const reader = await instance.connect();
      try {
        const result = await reader.runAndReadAll(sql, [...values]);
        return result.getRowObjectsJS() as T[];
      } finally {
        reader.closeSync();
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      listeners.clear();
      try {
        await writer?.close();
      } finally {
        instance.closeSync();
      }
    },
  };
}
