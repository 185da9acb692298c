import { prepareDataFolder } from "./options/data-folder.js";
import { dataFile, DEFAULT_HOST, DEFAULT_PORT } from "./options/defaults.js";
import { createIngest } from "./ingest/ingest.js";
import { createQueries, type Queries } from "./answers/queries.js";
import { createApp } from "./server/app.js";
import { refuseHost } from "./options/host.js";
import { listen } from "./server/listen.js";
import { openDuckDBStore, type StoreOptions } from "./store/duckdb/duckdb-store.js";

export interface ExplorerOptions {
  /** Port to listen on; 0 lets the system choose. Default 8969, which is Spotlight's. */
  port?: number;
  /** `127.0.0.1`, `localhost`, `::1`, or `0.0.0.0` / `::` to let other machines send. Default `127.0.0.1`. */
  host?: string;
  /** Folder of the data file. Default `.spanmeter` in the working directory. */
  data?: string;
  /** Keep nothing on disk. Default `false`. */
  memory?: boolean;
  /** Items kept before the oldest leave. Default 1 000 000. */
  maxRows?: number;
}

export interface Explorer {
  /** Where it answers, for example `http://127.0.0.1:8969`. */
  readonly url: string;
  readonly port: number;
  /** The questions of the JSON API, asked in process. */
  readonly queries: Queries;
  /** Stops listening, writes what waits and lets go of the file. */
  close(): Promise<void>;
}

/** Starts an explorer. Rejects with what to do when the port or the data file is taken. */
export async function startExplorer(options: ExplorerOptions = {}): Promise<Explorer> {
  const { host = DEFAULT_HOST, port = DEFAULT_PORT } = options;
  const impossible = refuseHost(host);
  if (impossible !== undefined) throw new Error(impossible);
  const store = await openDuckDBStore(storeOptions(options));
  const queries = createQueries(store);
  const app = createApp({ ingest: createIngest(store), queries, store });
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
  const bound = maxRows === undefined ? {} : { maxRows };
  if (memory) return bound;
  prepareDataFolder(data);
  return { ...bound, file: dataFile(data) };
}
