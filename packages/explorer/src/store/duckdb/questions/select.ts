import { currentSignal } from "../../../runtime/cancellation.js";
import { createSlots } from "../../../runtime/slots.js";
import type { Database } from "../file/database.js";

/** A value of a parameter of a statement. */
export type SqlValue = string | number | bigint | boolean | null;

/** A record that a statement returns. */
export type SqlRecord = Record<string, unknown>;

/** Runs one reading statement. The table is `items`: its columns are the fields of `ReceivedItem`, and `seq`, the order of arrival. */
export type Select = <T = SqlRecord>(sql: string, values?: readonly SqlValue[]) => Promise<T[]>;

/** Statements at a time: each uses every processor, so that more would only make all of them slow. */
const MAX_STATEMENTS = 4;

/**
 * Creates the function that runs reading statements, each on its own connection. A statement ends early when the reader
 * that asked has gone.
 * @param flush - writes pending items, so that every statement sees them
 */
export function createSelect(database: Database, flush: () => Promise<void>): Select {
  const slots = createSlots(MAX_STATEMENTS);

  return function select<T>(sql: string, values: readonly SqlValue[] = []): Promise<T[]> {
    const signal = currentSignal();
    return slots.run(async function runWhenFree() {
      await flush();
      return database.withConnection(async function runStatement(connection) {
        const interrupt = (): void => connection.interrupt();
        signal?.addEventListener("abort", interrupt, { once: true });
        try {
          const result = await connection.runAndReadAll(sql, [...values]);
          return result.getRowObjectsJS() as T[];
        } finally {
          signal?.removeEventListener("abort", interrupt);
        }
      });
    }, signal);
  };
}
