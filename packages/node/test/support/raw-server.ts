import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A server that answers each complete request with raw bytes. */
export interface RawServer {
  readonly url: string;
  readonly dsn: string;
  /** How many requests arrived. */
  readonly requests: () => number;
  /** Resolves when an open connection is closed. */
  readonly connectionClosed: Promise<void>;
}

/** Starts a raw server that stops with the test. `answer` writes to the socket. */
export async function rawServer(answer: (socket: Socket) => void): Promise<RawServer> {
  const sockets = new Set<Socket>();
  let requests = 0;
  let resolveClosed = (): void => {};
  const connectionClosed = new Promise<void>((resolve) => (resolveClosed = resolve));
  const server = createServer((socket) => {
    sockets.add(socket);
    let text = "";
    socket.on("error", () => {});
    socket.on("close", () => {
      sockets.delete(socket);
      resolveClosed();
    });
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      const [head = "", ...body] = text.split("\r\n\r\n");
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? Infinity);
      if (body.join("\r\n\r\n").length < length) return;
      text = "";
      requests += 1;
      answer(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    dsn: `http://public@127.0.0.1:${port}/1`,
    requests: () => requests,
    connectionClosed,
  };
}
