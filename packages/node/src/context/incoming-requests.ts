import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Undo } from "@spanmeter/core";
import { enterTrace } from "./async-trace.js";

/** Node announces every incoming HTTP request on this channel, before the listeners of the server run. */
const REQUEST_START = "http.server.request.start";

let watchers = 0;

/**
 * Continues the trace of every incoming HTTP request, or starts a new one. No global and no prototype is
 * patched. All clients share one subscription, which ends with the last of them.
 */
export function watchIncomingRequests(): Undo {
  if (watchers++ === 0) subscribe(REQUEST_START, onRequest);
  let isWatching = true;
  return () => {
    if (!isWatching) return;
    isWatching = false;
    if (--watchers === 0) unsubscribe(REQUEST_START, onRequest);
  };
}

/**
 * Enters the trace instead of running a function in it: the channel has none, and the async resource of the
 * request is current here.
 */
function onRequest(message: unknown): void {
  const { request, response } = (message ?? {}) as Partial<StartedRequest>;
  // Any code may publish there, and an error thrown here would end the process.
  if (request?.headers && response) enterTrace(request.headers, [request, response]);
}

interface StartedRequest {
  request: IncomingMessage;
  response: ServerResponse;
}
