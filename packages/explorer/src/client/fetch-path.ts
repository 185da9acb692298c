import { ClientError } from "./client-error.js";
import { isTimeout } from "./probe.js";

/** Fetches a path of the JSON API, from an explorer or from a data file: with `POST` when there is a body, which is JSON. */
export type FetchPath = (path: string, body?: string) => Promise<Response>;

/** The largest questions about a full store take seconds. */
const ANSWER_LIMIT_MS = 60_000;

/** What is sent with a request, and how long its answer may take. */
interface RequestOptions {
  /**
   * JSON to send.
   * @default none: a `GET`
   */
  body?: string | undefined;
  /**
   * The longest wait for the whole response, in milliseconds.
   * @default 60_000
   */
  limitMs?: number;
}

/** Fetches a path from an explorer, with its whole body. Rejects with a `ClientError` when the explorer ends or is too slow. */
export async function fetchFrom(
  url: string,
  path: string,
  { body, limitMs = ANSWER_LIMIT_MS }: RequestOptions = {},
): Promise<Response> {
  try {
    const response = await fetch(new URL(path, url), {
      ...requestOf(body),
      signal: AbortSignal.timeout(limitMs),
    });
    const { status, headers } = response;
    return new Response(await response.arrayBuffer(), { status, headers });
  } catch (cause) {
    const what = isTimeout(cause) ? `did not answer within ${limitMs / 1000} s` : "has ended";
    throw new ClientError("failed", `The explorer at ${url} ${what}`, { cause });
  }
}

/** The request with a body of JSON, or without one. */
export const requestOf = (body: string | undefined): RequestInit =>
  body === undefined
    ? {}
    : { method: "POST", body, headers: { "content-type": "application/json" } };
