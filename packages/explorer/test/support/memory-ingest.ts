import { onTestFinished } from "vitest";
import { createIngest, type Ingest } from "../../src/ingest/ingest.js";
import { createQueries, type Queries } from "../../src/answers/queries.js";
import { openStore } from "../../src/store/duckdb/duckdb-store.js";
import type { Store } from "../../src/store/store.js";

export interface MemoryIngest {
  store: Store;
  queries: Queries;
  send: (envelope: string) => ReturnType<Ingest["envelope"]>;
}

/** The road from bytes to answers without HTTP, on a real store in memory, at a time of the test's choosing. */
export async function memoryIngest(now?: () => bigint): Promise<MemoryIngest> {
  const store = await openStore();
  onTestFinished(() => store.close());
  const ingest = createIngest(store, now);
  return {
    store,
    queries: createQueries(store, now),
    send: (envelope) => ingest.envelope(Buffer.from(envelope), "1"),
  };
}
