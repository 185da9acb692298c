import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";

/** The live streams of the explorers in this process, counted at the server. */
export interface OpenStreams extends Disposable {
  /** How many are open now. */
  readonly now: number;
  /** How many have been opened. */
  readonly opened: number;
}

/** Counts the live streams that begin from now on. */
export function countStreams(): OpenStreams {
  const open = new Set<ServerResponse>();
  let opened = 0;
  function onRequest(message: unknown): void {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    if (!request.url?.startsWith("/api/stream")) return;
    opened++;
    open.add(response);
    response.on("close", () => open.delete(response));
  }
  subscribe("http.server.request.start", onRequest);
  return {
    get now() {
      return open.size;
    },
    get opened() {
      return opened;
    },
    [Symbol.dispose]: () => void unsubscribe("http.server.request.start", onRequest),
  };
}
