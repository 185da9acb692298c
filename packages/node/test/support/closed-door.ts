import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface ClosedDoor {
  readonly dsn: string;
  /** From now on connections are accepted and broken off; resolves after so many of them. */
  breakOff(times: number): Promise<void>;
  /** From now on connections lead to the server. */
  open(): Promise<void>;
}

/** A DSN that refuses connections until it is opened. */
export async function closedDoor(to: string): Promise<ClosedDoor> {
  let isOpen = false;
  const door = createServer((socket) => {
    if (!isOpen) return void socket.resetAndDestroy();
    const inside = connect(Number(new URL(to).port), "127.0.0.1");
    socket.on("error", () => inside.destroy()).pipe(inside);
    inside.on("error", () => socket.destroy()).pipe(socket);
  });
  const listen = async (port: number): Promise<void> => {
    if (!door.listening) await once(door.listen(port, "127.0.0.1"), "listening");
  };
  await listen(0);
  const { port } = door.address() as AddressInfo;
  await once(door.close(), "close");
  onTestFinished(() => void door.close());
  const dsn = new URL(to);
  dsn.port = String(port);
  return {
    dsn: dsn.href,
    async breakOff(times) {
      await listen(port);
      for (let broken = 0; broken < times; broken++) await once(door, "connection");
    },
    async open() {
      isOpen = true;
      await listen(port);
    },
  };
}
