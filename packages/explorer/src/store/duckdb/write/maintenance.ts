import type { DuckDBConnection } from "@duckdb/node-api";

/** Removes the oldest rows and writes checkpoints, off the event loop, one job at a time. */
export interface Maintenance {
  /** Returns whether a job is running. */
  isRunning(): boolean;
  /** Resolves when no job is running. */
  idle(): Promise<void>;
  /** Counts rows that were committed. */
  committed(rows: number): void;
  /** Removes every row beyond the limit. */
  trim(lastSeq: bigint): Promise<void>;
  /** Removes rows beyond the limit when there are many, and writes a checkpoint when one is due. */
  runWhenDue(lastSeq: bigint): Promise<void>;
}

/** Between reads, the table may exceed its limit by this share, so that deletes are few and large. */
const SLACK = 0.02;
/** Rows between checkpoints: about ten megabytes of write-ahead log. */
const CHECKPOINT_ROWS = 100_000;

/** Creates the maintenance of the table `items`, on a connection of its own. */
export function createMaintenance(connection: DuckDBConnection, maxRows: number): Maintenance {
  const limit = BigInt(maxRows);
  const slack = BigInt(Math.floor(maxRows * SLACK));
  let trimmedTo = 0n;
  let sinceCheckpoint = 0;
  let job: Promise<void> | undefined;

  async function idle(): Promise<void> {
    while (job !== undefined) await job;
  }

  async function run(work: () => Promise<void>): Promise<void> {
    await idle();
    job = work().finally(() => (job = undefined));
    await job;
  }

  /** `seq` has no gaps, so nothing needs to be counted: rows at or below `lastSeq - maxRows` are removed. */
  async function removeTo(cutoff: bigint): Promise<void> {
    if (cutoff <= trimmedTo) return;
    await connection.run("DELETE FROM items WHERE seq <= $1", [cutoff]);
    trimmedTo = cutoff;
  }

  async function checkpoint(): Promise<void> {
    if (sinceCheckpoint < CHECKPOINT_ROWS) return;
    sinceCheckpoint = 0;
    // DuckDB refuses a checkpoint while a read runs; the next one includes these rows.
    await connection.run("CHECKPOINT").catch(() => {});
  }

  function committed(rows: number): void {
    sinceCheckpoint += rows;
  }

  async function trim(lastSeq: bigint): Promise<void> {
    const cutoff = lastSeq - limit;
    if (cutoff > trimmedTo) await run(() => removeTo(cutoff));
  }

  async function runWhenDue(lastSeq: bigint): Promise<void> {
    const cutoff = lastSeq - limit;
    const isTrimDue = cutoff > trimmedTo + slack;
    if (!isTrimDue && sinceCheckpoint < CHECKPOINT_ROWS) return;
    await run(async () => {
      if (isTrimDue) await removeTo(cutoff);
      await checkpoint();
    });
  }

  return { isRunning: () => job !== undefined, idle, committed, trim, runWhenDue };
}
