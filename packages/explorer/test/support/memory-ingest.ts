import { expect, onTestFinished } from "vitest";
import { createQueries, type Queries } from "../../src/answers/queries.js";
import { createIngest, type Ingest } from "../../src/ingest/ingest.js";
import type { ReceivedItem } from "../../src/model/received-item.js";
import { openDuckDBStore } from "../../src/store/duckdb/duckdb-store.js";

export interface MemoryIngest {
  queries: Queries;
  /** Ingests an envelope. */
  send: (envelope: string) => ReturnType<Ingest["envelope"]>;
  /** Every ingested item, in order of arrival. */
  received: readonly ReceivedItem[];
  /** Returns every ingested item, in order of arrival, once the store has written all of them. */
  stored: () => Promise<ReceivedItem[]>;
}

/** The whole explorer without HTTP, with a real store in memory, at a time that the test chooses. */
export async function memoryIngest(now?: () => bigint): Promise<MemoryIngest> {
  const store = await openDuckDBStore();
  onTestFinished(() => store.close());
  const received: ReceivedItem[] = [];
  store.subscribe((appended) => received.push(...appended));
  const ingest = createIngest(store, now);
  return {
    queries: createQueries(store, now),
    send: (envelope) => ingest.envelope(Buffer.from(envelope), "1"),
    received,
    stored: async () => {
      expect((await store.stats()).rows).toBe(received.length);
      return received;
    },
  };
}
