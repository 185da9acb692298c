import { createQueries } from "./answers/queries.js";
import { createApiRoutes } from "./server/api-routes.js";
import { openDuckDBStore } from "./store/duckdb/duckdb-store.js";
import { requestOf, type FetchPath } from "./client/fetch-path.js";

/** The JSON API of a data file. */
export interface FileApi {
  /** Answers a path of the JSON API in this process. */
  fetchPath: FetchPath;
  /** Closes the data file. */
  close(): Promise<void>;
}

/** Opens a data file for reading. Rejects with a `StoreOpenError` when it does not open. */
export async function openFileApi(file: string): Promise<FileApi> {
  const store = await openDuckDBStore({ file, readOnly: true });
  const api = createApiRoutes(createQueries(store));
  return {
    fetchPath: async (path, body) => api.request(path.replace(/^\/api/, ""), requestOf(body)),
    close: () => store.close(),
  };
}
