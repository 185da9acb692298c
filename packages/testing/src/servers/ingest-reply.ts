import type { ServerResponse } from "node:http";

/** An answer of the server. */
export interface Reply {
  /** The status code. Default: 200. */
  readonly status?: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
  /** Milliseconds before the answer. Default: 0. */
  readonly delay?: number;
  /**
   * Replaces the answer: `hang` keeps the connection open without an answer, `reset` breaks it with a
   * TCP reset, `close` ends it.
   */
  readonly fault?: "hang" | "reset" | "close";
}

/** The CORS headers of Relay (docs/protocol.md#cors). */
const CORS = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "x-sentry-error, x-sentry-rate-limits, retry-after",
};

const PREFLIGHT = {
  ...CORS,
  "access-control-allow-methods": "POST",
  "access-control-allow-headers":
    "x-sentry-auth, x-requested-with, x-forwarded-for, origin, referer, accept, content-type, " +
    "authentication, authorization, content-encoding, transfer-encoding",
  "access-control-max-age": "3600",
};

/** Answers a CORS preflight like Relay. */
export function answerPreflight(response: ServerResponse): void {
  response.writeHead(200, PREFLIGHT).end();
}

/** Whether a reply accepts the envelope: a status of 2xx and no fault. */
export function isAccepted(reply: Reply): boolean {
  const status = reply.status ?? 200;
  return reply.fault === undefined && status >= 200 && status < 300;
}

/** Answers after the reply's delay. Returns how to cancel a delayed answer. */
export function answer(response: ServerResponse, reply: Reply): () => void {
  const timer = setTimeout(() => finish(response, reply), reply.delay ?? 0);
  return () => clearTimeout(timer);
}

function finish(response: ServerResponse, reply: Reply): void {
  const { socket } = response;
  if (reply.fault === "hang" || !socket || socket.destroyed) return;
  if (reply.fault === "reset") socket.resetAndDestroy();
  else if (reply.fault === "close") socket.destroy();
  else {
    response.writeHead(reply.status ?? 200, {
      "content-type": "application/json",
      ...CORS,
      ...reply.headers,
    });
    response.end(reply.body ?? "{}");
  }
}
