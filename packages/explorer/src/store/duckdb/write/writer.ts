import type { DuckDBConnection } from "@duckdb/node-api";
import { appendRow } from "./columns.js";
import { createKeeper } from "./keeper.js";
import type { Row } from "../../../model/received-item.js";
import { explainWriteFailure, type StoreWriteError } from "../../store-error.js";

export interface Writer {
  append(rows: readonly Row[]): void;
  /** Resolves when everything appended so far is readable and what is too old has left. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

interface WriterOptions {
  connection: DuckDBConnection;
  /** Tidies up on a connection of its own, beside the one that appends. */
  keeperConnection: DuckDBConnection;
  lastSeq: bigint;
  maxRows: number;
}

/** A commit costs about a millisecond whatever it carries, so rows wait this long for company. */
const FLUSH_AFTER_MS = 250;
/** A commit blocks the event loop, for about ten milliseconds at this many rows. */
const COMMIT_ROWS = 5_000;
/** What may wait while the keeper works. Beyond it the sender waits too, so memory stays bounded under any load. */
const MAX_WAITING = 50_000;

export async function createWriter(options: WriterOptions): Promise<Writer> {
  const appender = await options.connection.createAppender("items");
  const keeper = createKeeper(options.keeperConnection, options.maxRows);
  let seq = options.lastSeq;
  let waiting = 0;
  let timer: NodeJS.Timeout | undefined;
  let failure: StoreWriteError | undefined;

  const commit = (): void => {
    if (failure !== undefined) throw failure;
    if (waiting === 0) return;
    keeper.committed(waiting);
    waiting = 0;
    try {
      appender.flushSync();
    } catch (error) {
      failure = explainWriteFailure(error);
      throw failure;
    }
  };

  /** A commit during the keeper's work would wait for it with the event loop blocked. */
  const commitWhenFree = (): void => {
    if (!keeper.isBusy() || waiting >= MAX_WAITING) commit();
  };

  const flush = async (): Promise<void> => {
    await keeper.idle();
    commit();
    await keeper.trim(seq);
  };

  /** Nobody waits for a timed flush: `commit` has kept its failure (a full disk) for the next caller. */
  const flushLater = (): void => {
    timer = undefined;
    keeper
      .idle()
      .then(commit)
      .then(() => keeper.keep(seq))
      .catch((error: unknown) => {
        failure ??= explainWriteFailure(error);
      });
  };

  await keeper.trim(seq);
  return {
    append(rows) {
      if (failure !== undefined) throw failure;
      for (const row of rows) {
        appendRow(appender, ++seq, row);
        if (++waiting % COMMIT_ROWS === 0) commitWhenFree();
      }
      timer ??= setTimeout(flushLater, FLUSH_AFTER_MS);
    },
    flush,
    async close() {
      clearTimeout(timer);
      try {
        await flush();
      } finally {
        // What cannot be written would be tried again, and keep the file from being let go.
        if (failure !== undefined) appender.clear();
        appender.closeSync();
      }
    },
  };
}
