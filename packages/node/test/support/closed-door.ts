import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A DSN that refuses connections until it is opened; then it leads to the server. */
export async function closedDoor(to: string): Promise<{ dsn: string; open(): Promise<void> }> {
  const door = createServer((socket) => {
    const inside = connect(Number(new URL(to).port), "127.0.0.1");
    socket.on("error", () => inside.destroy()).pipe(inside);
    inside.on("error", () => socket.destroy()).pipe(socket);
  });
  const listen = async (port: number): Promise<void> =>
    void (await once(door.listen(port, "127.0.0.1"), "listening"));
  await listen(0);
  const { port } = door.address() as AddressInfo;
  await once(door.close(), "close");
  onTestFinished(() => void door.close());
  const dsn = new URL(to);
  dsn.port = String(port);
  return { dsn: dsn.href, open: () => listen(port) };
}
