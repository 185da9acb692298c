import { existsSync } from "node:fs";
import { dataFile, DEFAULT_URL } from "../defaults.js";
import { parseJson } from "../json.js";
import type { Ask } from "./ask.js";
import { CliError, EXIT } from "./exit.js";

type Parameters = Record<string, string | readonly string[] | undefined>;

/** Whoever answers the JSON API: a running explorer, or the data file of one that has ended. */
export interface Source {
  get<T>(path: string, parameters?: Parameters): Promise<T>;
  close(): Promise<void>;
}

interface SourceOptions {
  /** Ask this explorer and nothing else. */
  url?: string;
  /** Read this folder's data file and ask nobody. */
  data?: string;
}

/** Asks whoever answers, and lets go of it whatever happens. */
export async function withSource<T>(
  options: SourceOptions,
  ask: (source: Source) => Promise<T>,
): Promise<T> {
  const source = await openSource(options);
  try {
    return await ask(source);
  } finally {
    await source.close();
  }
}

/** A running explorer holds the lock on its file, so it is asked first; the file is read only when nobody answers. */
async function openSource({ url, data }: SourceOptions): Promise<Source> {
  if (data !== undefined) return fileSource(data);
  const base = url ?? DEFAULT_URL;
  if (await answers(base)) return sourceOf(base, (path) => fetch(new URL(path, base)));
  if (url !== undefined) throw unreachable(url);
  if (existsSync(dataFile())) return fileSource();
  throw unreachable(base, `, and there is no data file ${dataFile()}`);
}

/** Nobody answers at this address; `more` is what else was tried. */
export const unreachable = (url: string, more = ""): CliError =>
  new CliError(
    EXIT.unreachable,
    `No explorer answers at ${url}${more}. Start one with: spanmeter explorer`,
  );

async function answers(base: string): Promise<boolean> {
  try {
    await fetch(new URL("/", base));
    return true;
  } catch {
    return false;
  }
}

async function fileSource(folder?: string): Promise<Source> {
  const file = dataFile(folder);
  if (!existsSync(file)) throw new CliError(EXIT.unreachable, `There is no data file ${file}`);
  const { openFileApi } = await import("./file-api.js");
  const { ask, close } = await openFileApi(file);
  return { ...sourceOf(file, ask), close };
}

function sourceOf(name: string, ask: Ask): Source {
  return {
    async get<T>(path: string, parameters: Parameters = {}): Promise<T> {
      const response = await ask(`${path}?${queryString(parameters)}`);
      return readAnswer<T>(name, response);
    },
    close: async () => {},
  };
}

function queryString(parameters: Parameters): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) {
    for (const item of value === undefined ? [] : [value].flat()) query.append(key, item);
  }
  return query.toString();
}

async function readJson<T>(response: Response): Promise<T | undefined> {
  const text = await response.text();
  try {
    return parseJson(text) as T;
  } catch {
    return undefined;
  }
}

export async function readAnswer<T>(name: string, response: Response): Promise<T> {
  const answer = await readJson<T & { error?: { code: string; message: string } }>(response);
  if (answer !== undefined && response.ok) return answer;
  if (answer?.error === undefined) {
    throw new CliError(EXIT.unreachable, `What answers at ${name} is no Spanmeter explorer`);
  }
  throw new CliError(
    answer.error.code === "usage" ? EXIT.usage : EXIT.failure,
    answer.error.message,
  );
}
