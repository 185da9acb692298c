import { prepareDataFolder } from "./options/data-folder.js";
import { dataFile, DEFAULT_HOST, DEFAULT_PORT } from "./options/defaults.js";
import { createIngest } from "./ingest/ingest.js";
import { createQueries, type Queries } from "./answers/queries.js";
import { createApp } from "./server/app.js";
import { pageFolder } from "./options/page-folder.js";
import { refuseHost } from "./options/host.js";
import { listen } from "./server/listen.js";
import { openDuckDBStore, type StoreOptions } from "./store/duckdb/duckdb-store.js";

/** Options of `startExplorer`. */
export interface ExplorerOptions {
  /**
   * Port to listen on; with 0 the system chooses one. The default is Spotlight's port.
   * @default 8969
   */
  port?: number;
  /**
   * Host to listen on: `127.0.0.1`, `localhost`, `::1`; or `0.0.0.0` or `::` so that other machines can send.
   * @default "127.0.0.1"
   */
  host?: string;
  /**
   * Folder of the data file.
   * @default ".spanmeter" in the working directory
   */
  data?: string;
  /**
   * Whether to store items only in memory.
   * @default false
   */
  memory?: boolean;
  /**
   * Stored items before the oldest are removed.
   * @default 1_000_000
   */
  maxRows?: number;
}

/** A running explorer. */
export interface Explorer {
  /** Address of the explorer, for example `http://127.0.0.1:8969`. */
  readonly url: string;
  /** Port of the explorer. */
  readonly port: number;
  /** The questions of the JSON API, in process. */
  readonly queries: Queries;
  /** Stops listening, writes pending items and closes the data file. Rejects when they cannot be written. */
  close(): Promise<void>;
}

/**
 * Starts an explorer: a receiver for what Sentry SDKs send, a store and a JSON API. Rejects with an error that says what
 * to do when the host is not possible, or the port or the data file is in use.
 * @example
 * const explorer = await startExplorer({ port: 0, memory: true });
 */
export async function startExplorer(options: ExplorerOptions = {}): Promise<Explorer> {
  const { host = DEFAULT_HOST, port = DEFAULT_PORT } = options;
  const refusal = refuseHost(host);
  if (refusal !== undefined) throw new Error(refusal);
  const store = await openDuckDBStore(storeOptions(options));
  const queries = createQueries(store);
  const app = createApp({ ingest: createIngest(store), queries, store, page: pageFolder() });
  try {
    const server = await listen(app.fetch, { host, port });
    const close = async (): Promise<void> => {
      await server.close();
      await store.close();
    };
    return { url: server.url, port: server.port, queries, close };
  } catch (error) {
    await store.close();
    throw error;
  }
}

function storeOptions({ data, memory = false, maxRows }: ExplorerOptions): StoreOptions {
  const limit = maxRows === undefined ? {} : { maxRows };
  if (memory) return limit;
  prepareDataFolder(data);
  return { ...limit, file: dataFile(data) };
}
