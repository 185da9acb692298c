import { onTestFinished } from "vitest";
import { createQueries, type Queries } from "../../src/answers/queries.js";
import type { ReceivedItem } from "../../src/model/received-item.js";
import { openDuckDBStore } from "../../src/store/duckdb/duckdb-store.js";

/** The time of every test that has a memory store, in milliseconds since the epoch. */
export const NOW_MS = 1_800_000_000_000;

export interface MemoryStore {
  queries: Queries;
  /** Stores items as if they had been received. */
  append: (items: readonly ReceivedItem[]) => void;
}

/** Opens a store that ends with the test, or when `task` has ended. */
export async function withMemoryStore<T>(task: (store: MemoryStore) => Promise<T>): Promise<T> {
  const store = await openDuckDBStore();
  const queries = createQueries(store, () => BigInt(NOW_MS) * 1_000_000n);
  try {
    return await task({ queries, append: (items) => store.append(items) });
  } finally {
    await store.close();
  }
}

/** Opens a store that ends with the test. */
export async function memoryStore(): Promise<MemoryStore> {
  const store = await openDuckDBStore();
  onTestFinished(() => store.close());
  const queries = createQueries(store, () => BigInt(NOW_MS) * 1_000_000n);
  return { queries, append: (items) => store.append(items) };
}
