import { ApiError } from "./api-error.js";

/** Options of an address of the API. Lists are repeated; `undefined` is left out. */
export type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** Returns the address of a question, for example `apiPath(["metrics", name, "series"], { agg: ["p95"] })`. */
export function apiPath(parts: readonly string[], query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const each of Array.isArray(value) ? value : [value])
      if (each !== undefined && each !== "") search.append(name, String(each));
  const text = search.toString();
  return `/api/${parts.map(encodeURIComponent).join("/")}${text && `?${text}`}`;
}

/** Asks the API. Rejects with an `ApiError`, or with an `AbortError` when `signal` ends it. */
export async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiError("The explorer does not answer. Is it still running?", "unreachable");
  }
  const body = (await response.json()) as {
    error?: { code: string; message: string; at?: number };
  };
  if (response.ok) return body as T;
  const { code = "internal", message = response.statusText, at } = body.error ?? {};
  throw new ApiError(message, code, at);
}
