import { join } from "node:path";

/** Spotlight's port, so that an SDK with `spotlight: true` finds the explorer without being told. */
export const DEFAULT_PORT = 8969;
export const DEFAULT_HOST = "127.0.0.1";
export const DEFAULT_URL: string = `http://${DEFAULT_HOST}:${DEFAULT_PORT}`;

/** Every answer of an explorer carries this header, with its version: by it the command line knows one. */
export const EXPLORER_HEADER = "x-spanmeter-explorer";

/** Items kept before the oldest leave. */
export const DEFAULT_MAX_ROWS = 1_000_000;

/** Folder of the data file, in the working directory. */
export const DEFAULT_DATA = ".spanmeter";

export const dataFile = (folder: string = DEFAULT_DATA): string => join(folder, "explorer.duckdb");
