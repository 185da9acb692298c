import { createAdaptorServer } from "@hono/node-server";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

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

const LOOPBACK = ["127.0.0.1", "localhost", "::1"];
const EVERYWHERE = ["0.0.0.0", "::"];

/** A host on which nobody could read is refused: reading is for this machine only. */
export function checkHost(host: string): void {
  if ([...LOOPBACK, ...EVERYWHERE].includes(host)) return;
  throw new Error(
    `host "${host}" is not possible. Use ${LOOPBACK.join(", ")}, or ${EVERYWHERE.join(" or ")} ` +
      "so that other machines and containers can send (they still cannot read).",
  );
}

export async function listen(fetch: Fetch, { host, port }: ListenOptions): Promise<Listening> {
  checkHost(host);
  // Without options of its own the adaptor makes a plain HTTP/1 server.
  const server = createAdaptorServer({ fetch }) as Server;
  await listening(server, { host, port });
  const actual = (server.address() as AddressInfo).port;
  return {
    url: `http://${nameOf(host)}:${actual}`,
    port: actual,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function nameOf(host: string): string {
  if (EVERYWHERE.includes(host)) return "127.0.0.1";
  return host === "::1" ? "[::1]" : host;
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
