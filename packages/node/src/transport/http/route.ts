import type { Agent, RequestOptions } from "node:http";
import type { AgentOptions } from "node:https";
import type { CaCerts } from "../../options/http-settings.js";
import { proxyHeaders } from "./proxy.js";
import { createTunnelAgent, proxyAddress } from "./tunnel.js";
import { builtin } from "../../runtime/builtin.js";

export interface RouteOptions {
  readonly proxy: URL | undefined;
  readonly caCerts: CaCerts | undefined;
  readonly keepAlive: boolean;
  readonly timeout: number;
}

/** What a request needs in order to reach its target: node's module and its options. */
export interface Route {
  readonly secure: boolean;
  readonly request: RequestOptions;
  /** What the proxy wants to be told with each request. */
  readonly headers?: Record<string, string>;
}

/** As many connections as `@sentry/node` opens at most. */
const MAX_SOCKETS = 30;

/**
 * Three ways: straight; for an https target through a tunnel that the proxy cannot look into; for an
 * http target by asking the proxy for the whole URL.
 */
export function createRoute(target: URL, options: RouteOptions): Route {
  const { proxy, caCerts } = options;
  const agentOptions = {
    keepAlive: options.keepAlive,
    maxSockets: MAX_SOCKETS,
    ...(caCerts !== undefined && { ca: caCerts as AgentOptions["ca"] }),
  };
  const secure = target.protocol === "https:";
  const straight = { ...proxyAddress(target), path: target.pathname + target.search };
  if (!proxy) return { secure, request: { ...straight, agent: createAgent(secure, agentOptions) } };
  if (secure) {
    const agent = createTunnelAgent({ proxy, timeout: options.timeout, agent: agentOptions });
    return { secure, request: { ...straight, agent } };
  }
  const secureProxy = proxy.protocol === "https:";
  return {
    secure: secureProxy,
    request: {
      ...proxyAddress(proxy),
      path: target.origin + straight.path,
      agent: createAgent(secureProxy, agentOptions),
    },
    headers: { host: target.host, ...proxyHeaders(proxy) },
  };
}

function createAgent(secure: boolean, options: object): Agent {
  const { Agent } = builtin(secure ? "node:https" : "node:http");
  return new Agent(options);
}
