import { fetchTransport as createFetchTransport, setDeadline, withTimeout } from "@spanmeter/core";
import type { Fetch, Transport, TransportOptions } from "@spanmeter/core";
import { nodeRuntime } from "../../runtime/node-runtime.js";
import { MAX_BODY_MS } from "./post.js";
import { timeoutOf } from "./timeout.js";
import { untraced } from "./untraced.js";

/** The options of {@link fetchTransport}. */
export interface FetchTransportOptions extends TransportOptions {
  /**
   * Added to the options of each `fetch`, e.g. `{ dispatcher }` for an agent of undici.
   * @default `{}`
   */
  readonly fetchOptions?: Readonly<Record<string, unknown>>;
  /**
   * The longest time for one request, in milliseconds.
   * @default the `sendTimeout` of the client; 10000 in other SDKs
   */
  readonly timeout?: number;
}

/**
 * Sends each envelope with node's `fetch`, for an application that has configured `fetch`. Unlike
 * `httpTransport` it does not compress, does not find proxies, and keeps the process alive while a
 * request is pending.
 */
export function fetchTransport(options: FetchTransportOptions): Transport {
  return createFetchTransport({
    ...options,
    runtime: nodeRuntime,
    fetch: fetchWithTimeout(timeoutOf(options)),
  });
}

type Init = Parameters<Fetch>[1] & { readonly signal?: unknown };

/**
 * A `fetch` with a time limit that resolves as soon as the status arrives. It does not use
 * `AbortSignal.timeout`, which would abort an answer that came in time while the event loop was blocked.
 */
function fetchWithTimeout(timeoutMs: number): Fetch {
  return async function fetchInTime(url, init) {
    const abort = createAbortController();
    const signal = abort?.signal;
    const sending = send(url, { ...(signal && { signal }), ...init });
    const response = await withTimeout(sending, timeoutMs, undefined, nodeRuntime);
    if (!response) {
      abort?.abort();
      const error = new Error(`The server did not answer within ${timeoutMs} ms.`);
      throw Object.assign(error, { name: "TimeoutError" });
    }
    void discardBody(response);
    const { status, headers } = response;
    return { status, headers, text: async () => "" };
  };
}

function createAbortController(): AbortController | undefined {
  try {
    return new AbortController();
  } catch {
    return undefined;
  }
}

/** jsdom, in vitest and jest, replaces `AbortController` by one that node's `fetch` refuses. */
async function send(url: string, init: Init): Promise<Response> {
  try {
    return await startFetch(url, init);
  } catch (error) {
    if (!isSignalRefused(error)) throw error;
    const { signal: _, ...others } = init;
    return startFetch(url, others);
  }
}

function startFetch(url: string, init: Init): Promise<Response> {
  return untraced(callFetch, url, init as RequestInit);
}

function callFetch(url: string, init: RequestInit): Promise<Response> {
  return globalThis.fetch(url, init);
}

/** A signal is refused before anything is sent. Errors of the network say "fetch failed". */
function isSignalRefused(error: unknown): boolean {
  const { name, message } = (error ?? {}) as Partial<Error>;
  return name === "TypeError" && /\bsignal\b/i.test(message ?? "");
}

/** Reads the body so that its connection is free again. Its content and its errors are ignored. */
async function discardBody({ body }: Response): Promise<void> {
  try {
    const reader = body?.getReader();
    if (!reader) return;
    const undo = setDeadline(() => void reader.cancel().catch(() => {}), MAX_BODY_MS, nodeRuntime);
    try {
      while (!(await reader.read()).done);
    } finally {
      undo();
    }
  } catch {
    // A mock may have no body that can be read.
  }
}
