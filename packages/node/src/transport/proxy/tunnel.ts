import type { Agent, AgentOptions, RequestOptions } from "node:https";
import type { Duplex } from "node:stream";
import { setDeadline } from "@spanmeter/core";
import { builtin } from "../../runtime/builtin.js";
import { nodeRuntime } from "../../runtime/node-runtime.js";
import { proxyHeaders } from "./proxy.js";

/** How a tunnel is opened. */
export interface TunnelOptions {
  readonly proxy: URL;
  /** The longest time the proxy may take to open the tunnel, in milliseconds. */
  readonly timeout: number;
  /** Used for the certificate of the target, and for that of an https proxy. */
  readonly agent: AgentOptions;
}

/**
 * An https agent whose connections go through an HTTP proxy (`CONNECT`). Keep-alive, TLS sessions and
 * certificate checks are those of node's own agent.
 */
export function createTunnelAgent(options: TunnelOptions): Agent {
  const { Agent } = builtin("node:https");
  const agent = new Agent(options.agent);
  const connectTls = agent.createConnection.bind(agent);
  // Node calls this for each new connection and takes a socket that is ready later from `done`.
  agent.createConnection = (target: RequestOptions, done) => {
    openTunnel(options, `${withBrackets(target.host)}:${target.port}`, (error, socket) => {
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
  const isSecure = proxy.protocol === "https:";
  const { request } = builtin(isSecure ? "node:https" : "node:http");
  const connect = request({
    method: "CONNECT",
    ...proxyAddress(proxy),
    path: authority,
    headers: { host: authority, ...proxyHeaders(proxy) },
    agent: false,
    ...(isSecure && ca !== undefined && { ca }),
  });
  function destroy(): void {
    connect.destroy(new Error(`no answer within ${timeout} ms`));
  }
  const stopWaiting = setDeadline(destroy, timeout, nodeRuntime);
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

/** The address to connect to for a URL. Node takes IPv6 addresses without their brackets. */
export function proxyAddress(proxy: URL): { host: string; port: number } {
  const standard = proxy.protocol === "https:" ? 443 : 80;
  return { host: proxy.hostname.replace(/^\[|\]$/g, ""), port: Number(proxy.port || standard) };
}

function withBrackets(host: string | null | undefined): string {
  return host?.includes(":") ? `[${host}]` : (host ?? "");
}
