import {
  startExplorer,
  type Explorer,
  type ExplorerOptions,
} from "../../../../explorer/dist/index.js";

/** Starts the built explorer, with the built page, on a free port. It stores in memory. */
export const startBuiltExplorer = (options: ExplorerOptions = {}): Promise<Explorer> =>
  startExplorer({ port: 0, memory: true, ...options });
