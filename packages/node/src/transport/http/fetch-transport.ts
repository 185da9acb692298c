import { fetchTransport as createFetchTransport, setDeadline, withTimeout } from "@spanmeter/core";
import type { Fetch, Transport, TransportOptions } from "@spanmeter/core";
import { exit } from "../../runtime/node-runtime.js";
import { MAX_BODY_MS } from "./post.js";
import { timeoutOf } from "./timeout.js";
import { untraced } from "./untraced.js";

export interface FetchTransportOptions extends TransportOptions {
  /** Laid over each request, e.g. `{ dispatcher }` for an agent of undici's. */
  readonly fetchOptions?: Readonly<Record<string, unknown>>;
  /** How long one request may take in all, in milliseconds. Default: 10 000. */
  readonly timeout?: number;
}

/**
 * Sends each envelope with node's `fetch`. {@link httpTransport} also compresses, finds proxies and
 * lets the process end meanwhile; this one is for an application that has set up `fetch` in its way.
 */
export function fetchTransport(options: FetchTransportOptions): Transport {
  return createFetchTransport({ ...options, exit, fetch: fetchWithin(timeoutOf(options)) });
}

type Init = Parameters<Fetch>[1] & { readonly signal?: unknown };

/**
 * A `fetch` that takes this long at most, and answers as soon as the status is there. Its deadline is not
 * `AbortSignal.timeout`, which would abort an answer that came in time while the process was busy.
 */
function fetchWithin(timeoutMs: number): Fetch {
  return async (url, init) => {
    const abort = createAbort();
    const signal = abort?.signal;
    const sending = send(url, { ...(signal && { signal }), ...init });
    const response = await withTimeout(sending, timeoutMs, undefined, exit);
    if (!response) {
      abort?.abort();
      const error = new Error(`The server did not answer within ${timeoutMs} ms.`);
      throw Object.assign(error, { name: "TimeoutError" });
    }
    void readAway(response);
    const { status, headers } = response;
    return { status, headers, text: async () => "" };
  };
}

function createAbort(): AbortController | undefined {
  try {
    return new AbortController();
  } catch {
    return undefined;
  }
}

/** jsdom, in vitest and jest, puts an `AbortController` of its own in place, which node's `fetch` refuses. */
async function send(url: string, init: Init): Promise<Response> {
  const request = (given: Init): Promise<Response> =>
    untraced(() => globalThis.fetch(url, given as RequestInit));
  try {
    return await request(init);
  } catch (error) {
    if (!isSignalRefused(error)) throw error;
    const { signal: _, ...others } = init;
    return request(others);
  }
}

/** It is refused before anything is sent. What fails on the way says "fetch failed". */
function isSignalRefused(error: unknown): boolean {
  const { name, message } = (error ?? {}) as Partial<Error>;
  return name === "TypeError" && /\bsignal\b/i.test(message ?? "");
}

/** So that the connection is free again. What the body says, or how it breaks, changes nothing. */
async function readAway({ body }: Response): Promise<void> {
  try {
    const reader = body?.getReader();
    if (!reader) return;
    const undo = setDeadline(() => void reader.cancel().catch(() => {}), MAX_BODY_MS, exit);
    try {
      while (!(await reader.read()).done);
    } finally {
      undo();
    }
  } catch {
    // A mock may have no body that can be read.
  }
}
