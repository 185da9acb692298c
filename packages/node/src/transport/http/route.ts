import type { Agent, RequestOptions } from "node:http";
import type { AgentOptions } from "node:https";
import type { CaCerts } from "../../options/http-settings.js";
import { builtin } from "../../runtime/builtin.js";
import { proxyHeaders } from "../proxy/proxy.js";
import { createTunnelAgent, proxyAddress } from "../proxy/tunnel.js";

/** How a route reaches its target. */
export interface RouteOptions {
  readonly proxy: URL | undefined;
  readonly caCerts: CaCerts | undefined;
  readonly keepAlive: boolean;
  /** The longest time for opening a tunnel, in milliseconds. */
  readonly timeout: number;
}

/** The options of a request that lead to its target. */
export interface Route {
  /** Whether the first connection, to the target or to the proxy, speaks https. */
  readonly isSecure: boolean;
  readonly request: RequestOptions;
  /** Headers for the proxy, added to each request. */
  readonly headers?: Record<string, string>;
}

/** `@sentry/node` opens as many connections at most. */
const MAX_SOCKETS = 30;

/**
 * Makes one of three routes: straight to the target; for an https target through a tunnel that the proxy
 * cannot read; for an http target by requesting the whole URL from the proxy.
 */
export function createRoute(target: URL, options: RouteOptions): Route {
  const { proxy, caCerts } = options;
  const agentOptions = {
    keepAlive: options.keepAlive,
    maxSockets: MAX_SOCKETS,
    ...(caCerts !== undefined && { ca: caCerts as AgentOptions["ca"] }),
  };
  const isSecure = target.protocol === "https:";
  const straight = { ...proxyAddress(target), path: target.pathname + target.search };
  if (!proxy)
    return { isSecure, request: { ...straight, agent: createAgent(isSecure, agentOptions) } };
  if (isSecure) {
    const agent = createTunnelAgent({ proxy, timeout: options.timeout, agent: agentOptions });
    return { isSecure, request: { ...straight, agent } };
  }
  const isProxySecure = proxy.protocol === "https:";
  return {
    isSecure: isProxySecure,
    request: {
      ...proxyAddress(proxy),
      path: target.origin + straight.path,
      agent: createAgent(isProxySecure, agentOptions),
    },
    headers: { host: target.host, ...proxyHeaders(proxy) },
  };
}

function createAgent(isSecure: boolean, options: object): Agent {
  const { Agent } = builtin(isSecure ? "node:https" : "node:http");
  return new Agent(options);
}
