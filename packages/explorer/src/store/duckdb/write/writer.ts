import type { DuckDBConnection } from "@duckdb/node-api";
import type { ReceivedItem, StoredItem } from "../../../model/received-item.js";
import type { StoreWriteError } from "../../store-error.js";
import { explainWriteFailure } from "../file/explain-error.js";
import { appendItem } from "./columns.js";
import { createMaintenance } from "./maintenance.js";

/** Writes items in batches. */
export interface Writer {
  /** Appends items to the next batch and returns them as they are stored. Throws a `StoreWriteError` when an earlier batch could not be written. */
  append(items: readonly ReceivedItem[]): StoredItem[];
  /** Resolves when every appended item can be read, and every row beyond the limit is removed. */
  flush(): Promise<void>;
  /** Flushes and closes the writer. */
  close(): Promise<void>;
}

interface WriterOptions {
  connection: DuckDBConnection;
  /** Connection for maintenance, which runs beside the appends. */
  maintenanceConnection: DuckDBConnection;
  lastSeq: bigint;
  maxRows: number;
}

/** A commit takes about a millisecond for any number of rows, so rows are collected for this long, in milliseconds. */
const FLUSH_AFTER_MS = 250;
/** Rows in one commit. A commit of this many blocks the event loop for about ten milliseconds. */
const COMMIT_ROWS = 5_000;
/** Rows that may be pending while maintenance runs. Beyond it `append` blocks, so memory stays bounded under any load. */
const MAX_PENDING = 50_000;

/** Creates a writer for the table `items`. */
export async function createWriter(options: WriterOptions): Promise<Writer> {
  const appender = await options.connection.createAppender("items");
  const maintenance = createMaintenance(options.maintenanceConnection, options.maxRows);
  let seq = options.lastSeq;
  let pending = 0;
  let timer: NodeJS.Timeout | undefined;
  let failure: StoreWriteError | undefined;

  function commit(): void {
    if (failure !== undefined) throw failure;
    if (pending === 0) return;
    maintenance.committed(pending);
    pending = 0;
    try {
      appender.flushSync();
    } catch (error) {
      failure = explainWriteFailure(error);
      throw failure;
    }
  }

  /** A commit while maintenance runs would block the event loop until it is finished. */
  function commitWhenFree(): void {
    if (!maintenance.isRunning() || pending >= MAX_PENDING) commit();
  }

  function append(items: readonly ReceivedItem[]): StoredItem[] {
    if (failure !== undefined) throw failure;
    const stored = items.map((item) => ({ seq: ++seq, ...item }));
    for (const item of stored) {
      appendItem(appender, item);
      if (++pending % COMMIT_ROWS === 0) commitWhenFree();
    }
    timer ??= setTimeout(flushLater, FLUSH_AFTER_MS);
    return stored;
  }

  async function flush(): Promise<void> {
    await maintenance.idle();
    commit();
    await maintenance.trim(seq);
  }

  /** No caller waits for this flush: a failure (a full disk) is kept for the next call. */
  function flushLater(): void {
    timer = undefined;
    maintenance
      .idle()
      .then(commit)
      .then(() => maintenance.runWhenDue(seq))
      .catch((error: unknown) => {
        failure ??= explainWriteFailure(error);
      });
  }

  async function close(): Promise<void> {
    clearTimeout(timer);
    try {
      await flush();
    } finally {
      // Without this, closing would try to write the failed rows again and keep the file open.
      if (failure !== undefined) appender.clear();
      appender.closeSync();
    }
  }

  await maintenance.trim(seq);
  return { append, flush, close };
}
