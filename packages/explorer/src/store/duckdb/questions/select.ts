import type { Database } from "../file/database.js";

/** A value of a parameter of a statement. */
export type SqlValue = string | number | bigint | boolean | null;

/** A record that a statement returns. */
export type SqlRecord = Record<string, unknown>;

/** Runs one reading statement. The table is `items`: its columns are the fields of `ReceivedItem`, and `seq`, the order of arrival. */
export type Select = <T = SqlRecord>(sql: string, values?: readonly SqlValue[]) => Promise<T[]>;

/**
 * Creates the function that runs reading statements, each on its own connection.
 * @param flush - writes pending items, so that every statement sees them
 */
export function createSelect(database: Database, flush: () => Promise<void>): Select {
  return async function select<T>(sql: string, values: readonly SqlValue[] = []): Promise<T[]> {
    await flush();
    return database.withConnection(async function runStatement(connection) {
      const result = await connection.runAndReadAll(sql, [...values]);
      return result.getRowObjectsJS() as T[];
    });
  };
}
