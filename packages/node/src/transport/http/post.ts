import type { ClientRequest, IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { setDeadline } from "@spanmeter/core";
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
  /**
   * Called when there is an answer and the whole body has gone to the operating system: nothing reads its memory any
   * more. A server may answer before it has read the body.
   */
  readonly onWritten?: () => void;
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
  let exchange: Exchange;
  try {
    exchange = await startRequest(request, request.timeout);
  } catch (error) {
    if (!(error instanceof StaleConnection)) throw error;
    exchange = await startRequest(request, Math.max(0, deadlineMs - nodeRuntime.monotonicMs()));
  }
  const { response, limitBody, whenWritten } = exchange;
  if (request.onWritten) whenWritten(request.onWritten);
  // A short body, which is usual, has arrived together with its head.
  if (!response.complete) limitBody();
  return readResponse(response);
}

class StaleConnection extends Error {}

/** A request whose status has arrived. */
interface Exchange {
  readonly response: IncomingMessage;
  /** Destroys the connection when the response body does not end soon. */
  limitBody(): void;
  /** Calls `fn` once the body of the request has left. */
  whenWritten(fn: () => void): void;
}

function startRequest(
  { route, headers, body, timeout }: PostRequest,
  remainingMs: number,
): Promise<Exchange> {
  return new Promise(function openRequest(resolve, reject) {
    const { request } = builtin(route.isSecure ? "node:https" : "node:http");
    const sent = request({
      ...route.request,
      method: "POST",
      headers: { ...headers, ...route.headers },
    });
    let stopWaiting = setDeadline(destroy, remainingMs, nodeRuntime);
    let isAnswered = false;

    /** Node's own timeout only sees silence, and does not first read answers that arrived during a blocked loop. */
    function destroy(): void {
      sent.destroy(new Error(`The server did not answer within ${timeout} ms.`));
    }
    function limitBody(): void {
      stopWaiting = setDeadline(destroy, MAX_BODY_MS, nodeRuntime);
    }
    function whenWritten(fn: () => void): void {
      if (sent.writableFinished) fn();
      else sent.once("finish", fn);
    }
    sent.once("response", (response) => {
      stopWaiting();
      isAnswered = true;
      // Frees the connection.
      response.resume();
      resolve({ response, limitBody, whenWritten });
    });
    // A socket that waits for an answer must not keep the process alive.
    sent.once("socket", unref);
    sent.on("error", (error: NodeJS.ErrnoException) =>
      reject(isStale(sent, error) ? new StaleConnection(error.message, { cause: error }) : error),
    );
    sent.once("close", () => {
      stopWaiting();
      // Node emits nothing else when the connection ends without an answer, such as by an unexpected upgrade. Making an
      // error takes 6 us, so it is not made after each answer.
      if (!isAnswered) reject(new Error("The connection was closed without an answer."));
    });
    sent.end(body);
  });
}

function unref(socket: Socket): void {
  socket.unref();
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
