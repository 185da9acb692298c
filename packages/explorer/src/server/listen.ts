import { createAdaptorServer } from "@hono/node-server";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { urlHost } from "../options/host.js";

type Fetch = Parameters<typeof createAdaptorServer>[0]["fetch"];

/** Host and port of a server. */
export interface ListenOptions {
  /** Host name or address. */
  host: string;
  /** Port; with 0 the system chooses one. */
  port: number;
}

/** A server that listens. */
export interface Listening {
  /** Address of the server, for a client on this machine. */
  url: string;
  /** Port of the server. */
  port: number;
  /** Closes the server and every open connection. */
  close(): Promise<void>;
}

/** Starts an HTTP server. Rejects with an error that says what to do when the port is taken. */
export async function listen(fetch: Fetch, { host, port }: ListenOptions): Promise<Listening> {
  // Without further options the adaptor creates an HTTP/1 server.
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
