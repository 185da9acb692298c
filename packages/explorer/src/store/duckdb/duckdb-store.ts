import type { ReceivedItem, StoredItem } from "../../model/received-item.js";
import { DEFAULT_MAX_ROWS } from "../../options/defaults.js";
import type { Store } from "../store.js";
import { createStoreQuestions } from "./questions/store-questions.js";
import { createSelect } from "./questions/select.js";
import { openDatabase, type Database } from "./file/database.js";
import { explainOpenFailure } from "./file/explain-error.js";
import { prepareSchema } from "./write/schema.js";
import { createWriter, type Writer } from "./write/writer.js";

/** Options of `openDuckDBStore`. */
export interface StoreOptions {
  /**
   * Path of the database file, whose folder is made when it is missing.
   * @default none: the items are only in memory
   */
  file?: string;
  /**
   * Stored items before the oldest are removed.
   * @default 1_000_000
   */
  maxRows?: number;
  /**
   * Whether an existing file is only read.
   * @default false
   */
  readOnly?: boolean;
}

/** Opens a DuckDB store. Rejects with a `StoreOpenError` that says what to do. */
export async function openDuckDBStore(options: StoreOptions = {}): Promise<Store> {
  const { file, maxRows = DEFAULT_MAX_ROWS, readOnly = false } = options;
  const database = await openDatabase(file, readOnly);
  try {
    const connection = await database.connect();
    const lastSeq = await prepareSchema(connection, readOnly);
    if (readOnly) return createStore(database, lastSeq);
    const maintenanceConnection = await database.connect();
    const writer = await createWriter({ connection, maintenanceConnection, lastSeq, maxRows });
    return createStore(database, lastSeq, writer);
  } catch (error) {
    await database.close();
    throw explainOpenFailure(file ?? "The memory store", error, { readOnly });
  }
}

function createStore(database: Database, lastSeq: bigint, writer?: Writer): Store {
  const listeners = new Set<(items: readonly StoredItem[]) => void>();
  const select = createSelect(database, async () => writer?.flush());

  function append(items: readonly ReceivedItem[]): void {
    if (writer === undefined) throw new Error("This store was opened for reading only");
    const stored = writer.append(items);
    for (const listener of listeners) listener(stored);
  }

  function subscribe(listener: (items: readonly StoredItem[]) => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  async function close(): Promise<void> {
    listeners.clear();
    try {
      await writer?.close();
    } finally {
      await database.close();
    }
  }

  return {
    ...createStoreQuestions(select),
    append,
    lastSeq: () => writer?.lastSeq() ?? lastSeq,
    subscribe,
    close,
  };
}
