import type { Agent, AgentOptions, RequestOptions } from "node:https";
import type { Duplex } from "node:stream";
import { setDeadline } from "@spanmeter/core";
import { exit } from "../../runtime/node-runtime.js";
import { proxyHeaders } from "./proxy.js";
import { builtin } from "../../runtime/builtin.js";

export interface TunnelOptions {
  readonly proxy: URL;
  /** How long the proxy may take to open the tunnel, in milliseconds. */
  readonly timeout: number;
  /** For the proxy's certificate, when it speaks https, and for the target's. */
  readonly agent: AgentOptions;
}

/**
 * An https agent whose connections go through an HTTP proxy (`CONNECT`). Keep-alive, TLS sessions and
 * certificate checks stay those of node's own agent.
 */
export function createTunnelAgent(options: TunnelOptions): Agent {
  const { Agent } = builtin("node:https");
  const agent = new Agent(options.agent);
  const connectTls = agent.createConnection.bind(agent);
  // Node calls this for each new connection; a socket that comes later comes through `done`.
  agent.createConnection = (target: RequestOptions, done) => {
    openTunnel(options, `${bracketed(target.host)}:${target.port}`, (error, socket) => {
      if (error) done?.(error, undefined as never);
      else done?.(null, connectTls({ ...target, socket } as RequestOptions) as Duplex);
    });
    return undefined;
  };
  return agent;
}

function openTunnel(
  { proxy, timeout, agent: { ca } }: TunnelOptions,
  authority: string,
  done: (error: Error | null, socket?: Duplex) => void,
): void {
  const secure = proxy.protocol === "https:";
  const { request } = builtin(secure ? "node:https" : "node:http");
  const connect = request({
    method: "CONNECT",
    ...proxyAddress(proxy),
    path: authority,
    headers: { host: authority, ...proxyHeaders(proxy) },
    agent: false,
    ...(secure && ca !== undefined && { ca }),
  });
  const late = (): unknown => connect.destroy(new Error(`no answer within ${timeout} ms`));
  const stopWaiting = setDeadline(late, timeout, exit);
  connect.on("close", stopWaiting);
  connect.on("socket", (socket) => socket.unref());
  connect.on("error", (error) =>
    done(new Error(`The proxy ${proxy.host} failed: ${error.message}`, { cause: error })),
  );
  connect.on("connect", ({ statusCode }, socket) => {
    stopWaiting();
    if (statusCode === 200) return done(null, socket);
    socket.destroy();
    done(new Error(`The proxy ${proxy.host} refused a tunnel to ${authority}: ${statusCode}.`));
  });
  connect.end();
}

/** Where to connect to for a proxy; node wants IPv6 addresses without their brackets. */
export function proxyAddress(proxy: URL): { host: string; port: number } {
  const standard = proxy.protocol === "https:" ? 443 : 80;
  return { host: proxy.hostname.replace(/^\[|\]$/g, ""), port: Number(proxy.port || standard) };
}

function bracketed(host: string | null | undefined): string {
  return host?.includes(":") ? `[${host}]` : (host ?? "");
}
