import type * as DuckDB from "@duckdb/node-api";
import { dirname } from "node:path";
import { makeFolder } from "../../../runtime/make-folder.js";
import { withTimeLimit } from "../../../runtime/time-limit.js";
import { claimDataFile } from "./data-file-claim.js";
import { explainMissingLibrary, explainOpenFailure } from "./explain-error.js";
import { StoreOpenError } from "../../store-error.js";

/** An open DuckDB database. */
export interface Database {
  /** Opens a connection that stays open until the database closes. */
  connect(): Promise<DuckDB.DuckDBConnection>;
  /** Runs a task on a connection of its own. A connection runs one statement at a time, so reads do not wait for each other. */
  withConnection<T>(task: (connection: DuckDB.DuckDBConnection) => Promise<T>): Promise<T>;
  /** Ends running tasks early and waits for them, closes all connections and unlocks the file. */
  close(): Promise<void>;
}

const SETTINGS = {
  // DuckDB must not download extensions.
  autoinstall_known_extensions: "false",
  autoload_known_extensions: "false",
  // `Maintenance` writes checkpoints: a checkpoint inside a commit would block the event loop.
  checkpoint_threshold: "256MB",
  // A page of items reads the columns of its own rows alone. It has at most 1000 of them, and one more.
  late_materialization_max_rows: "1001",
};

const CLOSED = "The store is closed";

/** Opens a file, or a database in memory. Throws a `StoreOpenError`. */
export async function openDatabase(file: string | undefined, readOnly: boolean): Promise<Database> {
  const { instance, release } = await openInstance(file, readOnly);
  const connections: DuckDB.DuckDBConnection[] = [];
  /** Tasks that run, by their connection. DuckDB keeps the file open until they end. */
  const running = new Map<DuckDB.DuckDBConnection, Promise<unknown>>();
  let isClosed = false;

  async function connect(): Promise<DuckDB.DuckDBConnection> {
    const connection = await instance.connect();
    connections.push(connection);
    return connection;
  }

  async function withConnection<T>(
    task: (connection: DuckDB.DuckDBConnection) => Promise<T>,
  ): Promise<T> {
    if (isClosed) throw new Error(CLOSED);
    const connection = await instance.connect();
    if (isClosed) {
      connection.closeSync();
      throw new Error(CLOSED);
    }
    const result = task(connection);
    running.set(connection, result);
    try {
      return await result;
    } finally {
      running.delete(connection);
      connection.closeSync();
    }
  }

  async function close(): Promise<void> {
    isClosed = true;
    for (const connection of running.keys()) connection.interrupt();
    await Promise.allSettled(running.values());
    try {
      for (const connection of connections) connection.closeSync();
      instance.closeSync();
    } finally {
      release();
    }
  }

  return { connect, withConnection, close };
}

/** DuckDB reads a write-ahead log of 256 MB, the largest possible, in seconds. */
const OPEN_LIMIT_MS = 60_000;

/** Loaded when a store is opened: it is 70 MB of native code, which may be missing on this machine. */
const loadLibrary = (): Promise<typeof DuckDB> =>
  import("@duckdb/node-api").catch((error: unknown) => {
    throw explainMissingLibrary(error);
  });

interface OpenInstance {
  instance: DuckDB.DuckDBInstance;
  release(): void;
}

async function openInstance(file: string | undefined, readOnly: boolean): Promise<OpenInstance> {
  const { DuckDBInstance } = await loadLibrary();
  if (file === undefined) {
    return { instance: await DuckDBInstance.create(":memory:", SETTINGS), release: () => {} };
  }
  let release = (): void => {};
  try {
    if (!readOnly) makeFolder(dirname(file));
    const claim = claimDataFile(file);
    release = claim.release;
    const access = readOnly ? { access_mode: "READ_ONLY" } : {};
    const opening = DuckDBInstance.create(claim.file, { ...SETTINGS, ...access });
    const giveUp = (): Error => {
      void opening.then((instance) => instance.closeSync()).catch(() => {});
      return new Error(`the disk did not respond within ${OPEN_LIMIT_MS / 1000} s`);
    };
    return { instance: await withTimeLimit(opening, OPEN_LIMIT_MS, giveUp), release };
  } catch (error) {
    release();
    if (error instanceof StoreOpenError) throw error;
    throw explainOpenFailure(file, error, { readOnly });
  }
}
