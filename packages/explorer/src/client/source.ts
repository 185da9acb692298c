import { existsSync } from "node:fs";
import { dataFile, DEFAULT_URL } from "../options/defaults.js";
import { parseJson } from "../model/json.js";
import type { Ask } from "./ask.js";
import { CliError, EXIT } from "../cli/exit-code.js";
import { isTimeout, probe, unreachable } from "./probe.js";

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
  task: (source: Source) => Promise<T>,
): Promise<T> {
  const source = await openSource(options);
  try {
    return await task(source);
  } finally {
    await source.close();
  }
}

/** A running explorer holds the lock on its file, so it is asked first; the file is read only when none answers. */
async function openSource({ url, data }: SourceOptions): Promise<Source> {
  if (data !== undefined) return fileSource(data);
  const base = url ?? DEFAULT_URL;
  const peer = await probe(base);
  if (peer === "explorer") return sourceOf(base, (path) => ask(base, path));
  if (url !== undefined) throw unreachable(peer, url);
  if (existsSync(dataFile())) return fileSource();
  throw unreachable(peer, base, `, and there is no data file ${dataFile()}`);
}

/** The largest questions to a full store take seconds. */
const ANSWER_LIMIT_MS = 60_000;

/** Asks an explorer, and waits no longer than the limit for the whole of its answer. */
export async function ask(
  base: string,
  path: string,
  limitMs: number = ANSWER_LIMIT_MS,
): Promise<Response> {
  try {
    const response = await fetch(new URL(path, base), { signal: AbortSignal.timeout(limitMs) });
    const { status, headers } = response;
    return new Response(await response.arrayBuffer(), { status, headers });
  } catch (cause) {
    const what = isTimeout(cause) ? `gave no answer within ${limitMs / 1000} s` : "has ended";
    throw new CliError(EXIT.failure, `The explorer at ${base} ${what}`, { cause });
  }
}

async function fileSource(folder?: string): Promise<Source> {
  const file = dataFile(folder);
  if (!existsSync(file)) throw new CliError(EXIT.unreachable, `There is no data file ${file}`);
  const { openFileApi } = await import("./file-api.js");
  const api = await openFileApi(file);
  return { ...sourceOf(file, api.ask), close: api.close };
}

function sourceOf(name: string, answer: Ask): Source {
  return {
    async get<T>(path: string, parameters: Parameters = {}): Promise<T> {
      const response = await answer(`${path}?${queryString(parameters)}`);
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
    throw unreachable("other", name);
  }
  throw new CliError(
    answer.error.code === "usage" ? EXIT.usage : EXIT.failure,
    answer.error.message,
  );
}
