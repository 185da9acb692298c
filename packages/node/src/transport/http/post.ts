import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import { setDeadline } from "@spanmeter/core";
import { builtin } from "../../runtime/builtin.js";
import { exit } from "../../runtime/node-runtime.js";
import type { Route } from "./route.js";

/** The parts of a response that decide what happens to metrics. */
export interface HttpResponse {
  statusCode: number;
  headers: { "x-sentry-rate-limits": string | null; "retry-after": string | null };
}

/** How long the body of a response may take, in milliseconds. Nobody reads it. */
export const MAX_BODY_MS = 1000;

/**
 * Posts `body` and answers with the status and the rate limits, as soon as they are there: a response
 * body that is broken, or never ends, changes nothing about them.
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
  const { request } = builtin(route.secure ? "node:https" : "node:http");
  return new Promise((resolve, reject) => {
    const sent = request(options, (response) => {
      stopWaiting();
      // Frees the connection.
      response.resume();
      stopWaiting = endAfter(sent, MAX_BODY_MS);
      resolve(read(response));
    });
    let stopWaiting = endAfter(sent, timeout);
    // A socket that waits for an answer must not keep a process alive that is done otherwise.
    sent.on("socket", (socket) => socket.unref());
    sent.on("error", (error: NodeJS.ErrnoException) =>
      reject(isStale(sent, error) ? new StaleConnection(error.message, { cause: error }) : error),
    );
    sent.once("close", () => {
      stopWaiting();
      // Node says no more than this of an answer that is none, such as an upgrade nobody asked for.
      reject(new Error("The connection was closed without an answer."));
    });
    sent.end(body);
  });
}

function isStale(request: ClientRequest, error: NodeJS.ErrnoException): boolean {
  return request.reusedSocket && (error.code === "ECONNRESET" || error.code === "EPIPE");
}

/** Node's own timeout only sees silence, and does not first read what came while the process was busy. */
function endAfter(request: ClientRequest, ms: number): () => void {
  const end = (): unknown =>
    request.destroy(new Error(`The server did not answer within ${ms} ms.`));
  return setDeadline(end, ms, exit);
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
