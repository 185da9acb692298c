import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface UnreachableServer {
  readonly dsn: string;
  /** From now on connections are accepted and reset. Resolves after so many of them. */
  resetConnections(times: number): Promise<void>;
  /** From now on connections lead to the server. */
  open(): Promise<void>;
}

/** A DSN that refuses connections until it is opened. */
export async function unreachableServer(to: string): Promise<UnreachableServer> {
  let isOpen = false;
  const listener = createServer((socket) => {
    if (!isOpen) return void socket.resetAndDestroy();
    const inside = connect(Number(new URL(to).port), "127.0.0.1");
    socket.on("error", () => inside.destroy()).pipe(inside);
    inside.on("error", () => socket.destroy()).pipe(socket);
  });
  const listen = async (port: number): Promise<void> => {
    if (!listener.listening) await once(listener.listen(port, "127.0.0.1"), "listening");
  };
  await listen(0);
  const { port } = listener.address() as AddressInfo;
  await once(listener.close(), "close");
  onTestFinished(() => void listener.close());
  const dsn = new URL(to);
  dsn.port = String(port);
  return {
    dsn: dsn.href,
    async resetConnections(times) {
      await listen(port);
      for (let broken = 0; broken < times; broken++) await once(listener, "connection");
    },
    async open() {
      isOpen = true;
      await listen(port);
    },
  };
}
