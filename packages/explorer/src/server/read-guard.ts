import type { HttpBindings } from "@hono/node-server";
import type { Context, MiddlewareHandler } from "hono";

/** The origin of a request that reads. */
export interface Reader {
  remoteAddress: string | undefined;
  port: number | undefined;
  host: string | undefined;
  origin: string | undefined;
  fetchSite: string | undefined;
}

const HOST_NAMES = ["127.0.0.1", "localhost", "[::1]"];
const OWN_SITES = ["same-origin", "none"];

/**
 * Returns why a reader is refused, or `undefined` when it may read. Received telemetry can contain secrets, and any page
 * that a developer visits can send requests to this port. So only programs and pages on this machine may read, only by a
 * host name that DNS rebinding cannot use, and no pages of another origin.
 */
export function refuseReader(reader: Reader): string | undefined {
  if (!isLoopback(reader.remoteAddress))
    return "Only programs on the explorer's own machine may read";
  // Clients leave out the default port of HTTP.
  const port = reader.port === 80 ? "" : `:${reader.port}`;
  const hosts = HOST_NAMES.map((name) => name + port);
  if (reader.host === undefined || !hosts.includes(reader.host)) {
    return `The Host header must be one of ${hosts.join(", ")}`;
  }
  if (reader.origin !== undefined && reader.origin !== `http://${reader.host}`) {
    return "Pages of another origin may not read";
  }
  if (reader.fetchSite !== undefined && !OWN_SITES.includes(reader.fetchSite)) {
    return "Pages of another site may not read";
  }
  return undefined;
}

const isLoopback = (address = ""): boolean =>
  address === "::1" || /^(?:::ffff:)?127\.\d+\.\d+\.\d+$/.test(address);

/** Responds with 403 to readers on other machines and to pages of other origins. */
export const readGuard: MiddlewareHandler<{ Bindings: HttpBindings }> = async (context, next) => {
  const message = refuseReader(readerOf(context));
  if (message !== undefined) return context.json({ error: { code: "forbidden", message } }, 403);
  return next();
};

/** Returns who sent a request. */
export function readerOf({ env, req }: Context<{ Bindings: HttpBindings }>): Reader {
  const { socket } = env.incoming;
  return {
    remoteAddress: socket.remoteAddress,
    port: socket.localPort,
    host: req.header("host"),
    origin: req.header("origin"),
    fetchSite: req.header("sec-fetch-site"),
  };
}
