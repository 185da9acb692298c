import type { DuckDBConnection } from "@duckdb/node-api";

/** Keeps the table within its bound and the file tidy, off the event loop, one job at a time. */
export interface Keeper {
  isBusy(): boolean;
  /** Resolves when no job is running. */
  idle(): Promise<void>;
  /** Takes note of rows that were written. */
  committed(rows: number): void;
  /** Removes every row beyond the bound. */
  trim(lastSeq: bigint): Promise<void>;
  /** The same when enough has gathered to be worth it, and a checkpoint when one is due. */
  keep(lastSeq: bigint): Promise<void>;
}

/** Between readings the table may exceed its bound by this part, which makes deletes few and large. */
const SLACK = 0.02;
/** Rows between checkpoints: about ten megabytes of write-ahead log. */
const CHECKPOINT_ROWS = 100_000;

export function createKeeper(connection: DuckDBConnection, maxRows: number): Keeper {
  let trimmedTo = 0n;
  let sinceCheckpoint = 0;
  let job: Promise<void> | undefined;

  const idle = async (): Promise<void> => {
    while (job !== undefined) await job;
  };

  const run = async (work: () => Promise<void>): Promise<void> => {
    await idle();
    job = work().finally(() => (job = undefined));
    await job;
  };

  /** `seq` has no gaps, so the bound needs no counting: everything at or below `lastSeq - maxRows` leaves. */
  const removeTo = async (cutoff: bigint): Promise<void> => {
    if (cutoff <= trimmedTo) return;
    await connection.run("DELETE FROM items WHERE seq <= $1", [cutoff]);
    trimmedTo = cutoff;
  };

  const checkpoint = async (): Promise<void> => {
    if (sinceCheckpoint < CHECKPOINT_ROWS) return;
    sinceCheckpoint = 0;
    // Refused while a reader is at work: the next one will do.
    await connection.run("CHECKPOINT").catch(() => {});
  };

  const bound = BigInt(maxRows);
  const slack = BigInt(Math.floor(maxRows * SLACK));
  return {
    isBusy: () => job !== undefined,
    idle,
    committed: (rows) => void (sinceCheckpoint += rows),
    trim: async (lastSeq) => {
      const cutoff = lastSeq - bound;
      if (cutoff > trimmedTo) await run(() => removeTo(cutoff));
    },
    keep: async (lastSeq) => {
      const cutoff = lastSeq - bound;
      const isDue = cutoff > trimmedTo + slack;
      if (!isDue && sinceCheckpoint < CHECKPOINT_ROWS) return;
      await run(async () => {
        if (isDue) await removeTo(cutoff);
        await checkpoint();
      });
    },
  };
}
