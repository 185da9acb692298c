import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Undo } from "@spanmeter/core";
import { enterTrace } from "./async-trace.js";

/** Node announces every incoming HTTP request here, before the server's own listeners run. */
const REQUEST_START = "http.server.request.start";

let watchers = 0;

/**
 * Puts every incoming HTTP request into the trace its headers name, or into one of its own. No global and
 * no prototype is patched. However many clients ask, there is one subscription, which ends with the last of them.
 */
export function watchIncomingRequests(): Undo {
  if (watchers++ === 0) subscribe(REQUEST_START, onRequest);
  let watching = true;
  return () => {
    if (!watching) return;
    watching = false;
    if (--watchers === 0) unsubscribe(REQUEST_START, onRequest);
  };
}

/** Not `run`: the channel offers no function to wrap, and the request's own resource is current here. */
function onRequest(message: unknown): void {
  const { request, response } = (message ?? {}) as Partial<Started>;
  // Anyone may publish there, and an error thrown here would end the process.
  if (request?.headers && response) enterTrace(request.headers, [request, response]);
}

interface Started {
  request: IncomingMessage;
  response: ServerResponse;
}
