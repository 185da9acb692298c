import { createQueries } from "../answers/queries.js";
import { createApiRoutes } from "../server/api-routes.js";
import { openStore } from "../store/duckdb/duckdb-store.js";
import type { Ask } from "./ask.js";

/** The JSON API over a data file, in process. Loaded only when it is needed: it brings the database's library. */
export async function openFileApi(file: string): Promise<{ ask: Ask; close(): Promise<void> }> {
  const store = await openStore({ file, readOnly: true });
  const api = createApiRoutes(createQueries(store));
  return {
    ask: async (path) => api.request(path.replace(/^\/api/, "")),
    close: () => store.close(),
  };
}
