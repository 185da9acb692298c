import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import type { Route } from "./route.js";

/** The parts of a response that decide what happens to metrics. */
export interface HttpResponse {
  statusCode: number;
  headers: { "x-sentry-rate-limits": string | null; "retry-after": string | null };
}

/**
 * Posts `body` and answers with the status and the rate limits, as soon as they are there.
 *
 * A connection that was kept open may have been closed by the server at the very moment it is used
 * again. Then, and only then, the request is made once more: the server has not read it.
 */
export async function post(
  route: Route,
  headers: Record<string, string>,
  body: Uint8Array,
  timeout: number,
): Promise<HttpResponse> {
  const all: Record<string, string> = { ...headers, ...route.headers };
  const options: RequestOptions = { ...route.request, method: "POST", headers: all };
  try {
    return await attempt(route, options, body, timeout);
  } catch (error) {
    if (error instanceof StaleConnection) return attempt(route, options, body, timeout);
    throw error;
  }
}

class StaleConnection extends Error {}

function attempt(
  route: Route,
  options: RequestOptions,
  body: Uint8Array,
  timeout: number,
): Promise<HttpResponse> {
  const { request } = process.getBuiltinModule(route.secure ? "node:https" : "node:http");
  return new Promise((resolve, reject) => {
    const sent = request(options, (response) => {
      response.resume();
      resolve(read(response));
    });
    // A socket that waits for an answer must not keep a process alive that is done otherwise.
    sent.on("socket", (socket) => socket.unref());
    sent.on("error", (error: NodeJS.ErrnoException) =>
      reject(isStale(sent, error) ? new StaleConnection(error.message, { cause: error }) : error),
    );
    endAfter(sent, timeout);
    sent.end(body);
  });
}

function isStale(request: ClientRequest, error: NodeJS.ErrnoException): boolean {
  return request.reusedSocket && (error.code === "ECONNRESET" || error.code === "EPIPE");
}

/** For the whole exchange, response body included: node's own timeout only sees silence. */
function endAfter(request: ClientRequest, timeout: number): void {
  const timer = setTimeout(
    () => request.destroy(new Error(`The server did not answer within ${timeout} ms.`)),
    timeout,
  ).unref();
  request.once("close", () => clearTimeout(timer));
}

function read({ statusCode = 0, headers }: IncomingMessage): HttpResponse {
  const limits = headers["x-sentry-rate-limits"];
  return {
    statusCode,
    headers: {
      "x-sentry-rate-limits": (Array.isArray(limits) ? limits.join(", ") : limits) ?? null,
      "retry-after": headers["retry-after"] ?? null,
    },
  };
}
