import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { post } from "../../../src/transport/http/post.js";
import { createRoute } from "../../../src/transport/http/route.js";

const ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
/** More than the system keeps for a connection that nobody reads. */
const BODY = Buffer.alloc(64 * 1024 * 1024, "a");

/** Answers when the head of a request arrives, and reads the body when `readOn` is called. */
async function startHastyServer() {
  let connection: Socket | undefined;
  const server = createServer((socket) => {
    connection = socket;
    socket.once("data", () => {
      socket.pause();
      socket.write(ANSWER);
    });
    socket.on("error", () => {});
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}/`),
    readOn: () => void connection?.resume(),
    close: () => {
      connection?.destroy();
      server.close();
    },
  };
}

let close = (): void => {};
afterEach(() => close());

test("a body that is answered before it was read may be used again only once it has left", async () => {
  const server = await startHastyServer();
  ({ close } = server);
  const route = createRoute(server.url, {
    proxy: undefined,
    caCerts: undefined,
    keepAlive: true,
    timeout: 5000,
  });
  const onWritten = vi.fn<() => void>();
  const { statusCode } = await post({ route, headers: {}, body: BODY, timeout: 5000, onWritten });
  expect(statusCode).toBe(200);
  expect(onWritten).not.toHaveBeenCalled();
  server.readOn();
  await vi.waitFor(() => expect(onWritten).toHaveBeenCalledOnce(), 5000);
});
