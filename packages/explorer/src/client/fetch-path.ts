import { ClientError } from "./client-error.js";
import { isTimeout } from "./probe.js";

/** Fetches a path of the JSON API, from an explorer or from a data file. */
export type FetchPath = (path: string) => Promise<Response>;

/** The largest questions about a full store take seconds. */
const ANSWER_LIMIT_MS = 60_000;

/**
 * Fetches a path from an explorer, with its whole body. Rejects with a `ClientError` when the explorer ends or is too slow.
 * @param limitMs - the longest wait for the whole response, in milliseconds
 */
export async function fetchFrom(
  url: string,
  path: string,
  limitMs: number = ANSWER_LIMIT_MS,
): Promise<Response> {
  try {
    const response = await fetch(new URL(path, url), { signal: AbortSignal.timeout(limitMs) });
    const { status, headers } = response;
    return new Response(await response.arrayBuffer(), { status, headers });
  } catch (cause) {
    const what = isTimeout(cause) ? `did not answer within ${limitMs / 1000} s` : "has ended";
    throw new ClientError("failed", `The explorer at ${url} ${what}`, { cause });
  }
}
