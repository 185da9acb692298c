import { existsSync } from "node:fs";
import { dataFile, DEFAULT_URL } from "../options/defaults.js";
import { ClientError } from "./client-error.js";
import { fetchFrom, type FetchPath } from "./fetch-path.js";
import { probe, unreachable } from "./probe.js";
import { readAnswer } from "./read-answer.js";

type Parameters = Record<string, string | readonly string[] | undefined>;

/** A source of answers of the JSON API: a running explorer, or the data file of one that has ended. */
export interface Source {
  /** Returns the JSON at a path. Rejects with a `ClientError`. */
  get<T>(path: string, parameters?: Parameters): Promise<T>;
  /** Sends a question as JSON, and returns the JSON of the answer. Rejects with a `ClientError`. */
  post<T>(path: string, question: object): Promise<T>;
  /** Closes the data file. */
  close(): Promise<void>;
}

/** Options that choose a source. */
export interface SourceOptions {
  /**
   * Address of a running explorer.
   * @default the explorer at the default address; when none answers, the data file in `.spanmeter`
   */
  url?: string;
  /**
   * Folder of a data file to read.
   * @default none
   */
  data?: string;
}

/** Opens a source, runs the task, and closes the source in any case. */
export async function withSource<T>(
  options: SourceOptions,
  task: (source: Source) => Promise<T>,
): Promise<T> {
  const source = await openSource(options);
  try {
    return await task(source);
  } finally {
    await source.close();
  }
}

/** A running explorer locks its data file, so the file is read only when no explorer answers. */
async function openSource({ url, data }: SourceOptions): Promise<Source> {
  if (data !== undefined) return openFileSource(data);
  const address = url ?? DEFAULT_URL;
  const peer = await probe(address);
  if (peer === "explorer")
    return sourceOf(address, (path, body) => fetchFrom(address, path, { body }));
  if (url !== undefined) throw unreachable(peer, url);
  if (existsSync(dataFile())) return openFileSource();
  throw unreachable(peer, address, `, and there is no data file ${dataFile()}`);
}

async function openFileSource(folder?: string): Promise<Source> {
  const file = dataFile(folder);
  if (!existsSync(file)) throw new ClientError("no_data_file", `There is no data file ${file}`);
  // Imported here, because it loads the native library of the database.
  const { openFileApi } = await import("../file-api.js");
  const api = await openFileApi(file);
  return { ...sourceOf(file, api.fetchPath), close: api.close };
}

function sourceOf(url: string, fetchPath: FetchPath): Source {
  async function get<T>(path: string, parameters: Parameters = {}): Promise<T> {
    const response = await fetchPath(`${path}?${queryString(parameters)}`);
    return readAnswer<T>(url, response);
  }
  async function post<T>(path: string, question: object): Promise<T> {
    return readAnswer<T>(url, await fetchPath(path, JSON.stringify(question)));
  }
  return { get, post, close: async () => {} };
}

function queryString(parameters: Parameters): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) {
    for (const item of value === undefined ? [] : [value].flat()) query.append(key, item);
  }
  return query.toString();
}
