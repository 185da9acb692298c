import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import { setDeadline } from "@spanmeter/core";
import type { Undo } from "@spanmeter/core";
import { builtin } from "../../runtime/builtin.js";
import { nodeRuntime } from "../../runtime/node-runtime.js";
import type { Route } from "./route.js";

/** The parts of a response that decide about the metrics. */
export interface HttpResponse {
  statusCode: number;
  headers: { "x-sentry-rate-limits": string | null; "retry-after": string | null };
}

/** One POST request. */
export interface PostRequest {
  readonly route: Route;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The longest time for the answer, in milliseconds. */
  readonly timeout: number;
}

/** The longest time for the body of a response, in milliseconds. Nobody reads it. */
export const MAX_BODY_MS = 1000;

/**
 * Posts a body and resolves with the status and the rate limits as soon as they arrive. A response body
 * that is broken, or never ends, does not change them. Rejects when no answer comes in time.
 *
 * A server may close a kept connection at the moment it is used again. Only then the request is sent
 * once more: the server has not read it.
 */
export async function post(request: PostRequest): Promise<HttpResponse> {
  const deadlineMs = nodeRuntime.monotonicMs() + request.timeout;
  try {
    return await startRequest(request, deadlineMs);
  } catch (error) {
    if (error instanceof StaleConnection) return startRequest(request, deadlineMs);
    throw error;
  }
}

class StaleConnection extends Error {}

function startRequest(
  { route, headers, body, timeout }: PostRequest,
  deadlineMs: number,
): Promise<HttpResponse> {
  const { request } = builtin(route.isSecure ? "node:https" : "node:http");
  const options: RequestOptions = {
    ...route.request,
    method: "POST",
    headers: { ...headers, ...route.headers },
  };
  const { promise, resolve, reject } = createDeferred<HttpResponse>();
  const sent = request(options, (response) => {
    stopWaiting();
    // Frees the connection.
    response.resume();
    stopWaiting = destroyAfter(MAX_BODY_MS);
    resolve(readResponse(response));
  });

  /** Node's own timeout only sees silence, and does not first read answers that arrived during a blocked loop. */
  function destroyAfter(ms: number): Undo {
    return setDeadline(destroy, ms, nodeRuntime);
  }
  function destroy(): void {
    sent.destroy(new Error(`The server did not answer within ${timeout} ms.`));
  }

  let stopWaiting = destroyAfter(Math.max(0, deadlineMs - nodeRuntime.monotonicMs()));
  // A socket that waits for an answer must not keep the process alive.
  sent.on("socket", (socket) => socket.unref());
  sent.on("error", (error: NodeJS.ErrnoException) =>
    reject(isStale(sent, error) ? new StaleConnection(error.message, { cause: error }) : error),
  );
  sent.once("close", () => {
    stopWaiting();
    // Node emits nothing else when the connection ends without an answer, such as by an unexpected upgrade.
    reject(new Error("The connection was closed without an answer."));
  });
  sent.end(body);
  return promise;
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(reason: Error): void;
}

/** A promise and its functions, so that no executor stands in the stack of a request. */
function createDeferred<T>(): Deferred<T> {
  const deferred: Partial<Deferred<T>> = {};
  const promise = new Promise<T>((resolve, reject) => Object.assign(deferred, { resolve, reject }));
  return Object.assign(deferred, { promise }) as Deferred<T>;
}

function isStale(request: ClientRequest, error: NodeJS.ErrnoException): boolean {
  return request.reusedSocket && (error.code === "ECONNRESET" || error.code === "EPIPE");
}

function readResponse({ statusCode = 0, headers }: IncomingMessage): HttpResponse {
  const limits = headers["x-sentry-rate-limits"];
  return {
    statusCode,
    headers: {
      "x-sentry-rate-limits": (Array.isArray(limits) ? limits.join(", ") : limits) ?? null,
      "retry-after": headers["retry-after"] ?? null,
    },
  };
}
