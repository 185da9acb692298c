import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";

/** The open streams of items of one explorer in this process. */
export interface ItemStreams extends Disposable {
  readonly open: ReadonlySet<ServerResponse>;
}

/** Finds, at the server, the streams of items that begin from now on. */
export function itemStreams(url: string): ItemStreams {
  const open = new Set<ServerResponse>();
  function onRequest(message: unknown): void {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const isOurs = request.headers.host === new URL(url).host;
    if (!isOurs || !request.url?.startsWith("/api/stream?mode=items")) return;
    open.add(response);
    response.on("close", () => open.delete(response));
  }
  subscribe("http.server.request.start", onRequest);
  return { open, [Symbol.dispose]: () => void unsubscribe("http.server.request.start", onRequest) };
}
