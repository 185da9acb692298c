import type { Row } from "../model/received-item.js";

export type SqlValue = string | number | bigint | boolean | null;

/** A record as it comes back from SQL. */
export type SqlRecord = Record<string, unknown>;

/**
 * Where received items are kept: append-only, in order of arrival, the oldest leaving first.
 * Readers see the table `items`, whose columns are those of `Row` plus `seq`, the order of arrival.
 */
export interface Store {
  /** Takes rows in at once; they are written in batches. */
  append(rows: readonly Row[]): void;
  /** Runs one reading statement. It sees every row that was appended before the call. */
  select<T = SqlRecord>(sql: string, values?: readonly SqlValue[]): Promise<T[]>;
  /** Is told of every appended row, in order; returns its undo. */
  subscribe(listener: (rows: readonly Row[]) => void): () => void;
  /** Writes what waits and lets go of the file. */
  close(): Promise<void>;
}
