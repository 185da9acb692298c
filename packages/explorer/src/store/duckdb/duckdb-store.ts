import { DEFAULT_MAX_ROWS } from "../../options/defaults.js";
import { openDatabase, type Database } from "./file/database.js";
import { explainOpenFailure } from "../store-error.js";
import type { Row } from "../../model/received-item.js";
import { prepareSchema } from "./write/schema.js";
import type { SqlRecord, SqlValue, Store } from "../store.js";
import { createWriter, type Writer } from "./write/writer.js";

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
  const database = await openDatabase(file, readOnly);
  try {
    const connection = await database.connect();
    const lastSeq = await prepareSchema(connection, readOnly);
    if (readOnly) return createStore(database);
    const keeperConnection = await database.connect();
    const writer = await createWriter({ connection, keeperConnection, lastSeq, maxRows });
    return createStore(database, writer);
  } catch (error) {
    database.close();
    throw explainOpenFailure(file ?? "The memory store", error, { readOnly });
  }
}

function createStore(database: Database, writer?: Writer): Store {
  const listeners = new Set<(rows: readonly Row[]) => void>();
  return {
    append(rows) {
      if (writer === undefined) throw new Error("This store was opened for reading only");
      writer.append(rows);
      for (const listener of listeners) listener(rows);
    },
    async select<T = SqlRecord>(sql: string, values: readonly SqlValue[] = []): Promise<T[]> {
      await writer?.flush();
      return database.withConnection(async (connection) => {
        const result = await connection.runAndReadAll(sql, [...values]);
        return result.getRowObjectsJS() as T[];
      });
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
        database.close();
      }
    },
  };
}
