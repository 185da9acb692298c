import { join } from "node:path";

/** Port of Spotlight, so that an SDK with `spotlight: true` finds the explorer without further options. */
export const DEFAULT_PORT = 8969;

/** Host on which the explorer listens. */
export const DEFAULT_HOST = "127.0.0.1";

/** Address at which the command line looks for an explorer. */
export const DEFAULT_URL: string = `http://${DEFAULT_HOST}:${DEFAULT_PORT}`;

/** Stored items before the oldest are removed. */
export const DEFAULT_MAX_ROWS = 1_000_000;

/** Folder of the data file, in the working directory. */
export const DEFAULT_DATA = ".spanmeter";

/** Returns the path of the data file in a folder. */
export const dataFile = (folder: string = DEFAULT_DATA): string => join(folder, "explorer.duckdb");
