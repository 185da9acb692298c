import { createAdaptorServer } from "@hono/node-server";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { urlHost } from "../options/host.js";

type Fetch = Parameters<typeof createAdaptorServer>[0]["fetch"];

export interface ListenOptions {
  host: string;
  /** 0 lets the system choose. */
  port: number;
}

export interface Listening {
  url: string;
  port: number;
  close(): Promise<void>;
}

export async function listen(fetch: Fetch, { host, port }: ListenOptions): Promise<Listening> {
  // Without options of its own the adaptor makes a plain HTTP/1 server.
  const server = createAdaptorServer({ fetch }) as Server;
  await listening(server, { host, port });
  const actual = (server.address() as AddressInfo).port;
  return {
    url: `http://${urlHost(host)}:${actual}`,
    port: actual,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listening(server: Server, options: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explain(error, options)));
    server.listen(options, resolve);
  });
}

function explain(error: NodeJS.ErrnoException, { host, port }: ListenOptions): Error {
  if (error.code !== "EADDRINUSE") return error;
  return new Error(
    `Port ${port} on ${host} is taken (another explorer, or Spotlight?). Stop it, or choose another with --port.`,
  );
}
