import type { DuckDBConnection } from "@duckdb/node-api";
import { appendRow } from "./columns.js";
import type { Row } from "./row.js";

export interface Writer {
  append(rows: readonly Row[]): void;
  /** Resolves when everything appended so far is readable and what is too old has left. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

interface WriterOptions {
  connection: DuckDBConnection;
  /** Deletes on a connection of its own, so that a long delete never holds up an append. */
  trimConnection: DuckDBConnection;
  lastSeq: bigint;
  maxRows: number;
}

/** A commit costs about a millisecond whatever it carries, so rows wait this long for company. */
const FLUSH_AFTER_MS = 250;
/** What may wait: at this many rows the caller pays for the write, so memory stays bounded under any load. */
const MAX_WAITING = 5_000;

export async function createWriter(options: WriterOptions): Promise<Writer> {
  const appender = await options.connection.createAppender("items");
  const trimmer = createTrimmer(options.trimConnection, options.maxRows);
  let seq = options.lastSeq;
  let waiting = 0;
  let timer: NodeJS.Timeout | undefined;
  let failure: unknown;

  const commit = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (failure !== undefined) throw failure;
    if (waiting === 0) return;
    waiting = 0;
    appender.flushSync();
  };

  const flush = async (): Promise<void> => {
    commit();
    await trimmer.trim(seq);
  };

  /** Nobody waits for a timed flush: its failure (a full disk) is told to the next caller. */
  const flushLater = (): void => {
    flush().catch((error: unknown) => (failure = error));
  };

  await trimmer.trim(seq);
  return {
    append(rows) {
      for (const row of rows) {
        appendRow(appender, ++seq, row);
        if (++waiting >= MAX_WAITING) commit();
      }
      timer ??= setTimeout(flushLater, FLUSH_AFTER_MS);
    },
    flush,
    async close() {
      await flush();
      appender.closeSync();
    },
  };
}

interface Trimmer {
  trim(lastSeq: bigint): Promise<unknown>;
}

/** `seq` has no gaps, so the bound needs no counting: everything at or below `lastSeq - maxRows` leaves. */
function createTrimmer(connection: DuckDBConnection, maxRows: number): Trimmer {
  let trimmedTo = 0n;
  let trimming: Promise<unknown> = Promise.resolve();
  return {
    trim(lastSeq) {
      const cutoff = lastSeq - BigInt(maxRows);
      if (cutoff > trimmedTo) {
        trimmedTo = cutoff;
        const remove = () => connection.run("DELETE FROM items WHERE seq <= $1", [cutoff]);
        trimming = trimming.then(remove);
      }
      return trimming;
    },
  };
}
