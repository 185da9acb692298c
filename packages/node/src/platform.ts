import type { Lifecycle, Platform, Undo } from "@spanmeter/core";
import { asyncTrace } from "./context/async-trace.js";
import { createAttributeContext } from "./context/attribute-context.js";
import { watchIncomingRequests } from "./context/incoming-requests.js";
import { encodeMetrics } from "./encode/encode-metrics.js";
import { environment } from "./options/environment.js";
import { hostName } from "./runtime/host-name.js";
import { holdOpen } from "./runtime/timers.js";
import type { Ending } from "./shutdown/shutdown.js";
import { flushAtProcessEnd } from "./process/flush-when-idle.js";
import { exit } from "./runtime/node-runtime.js";
import { httpTransport } from "./transport/http/http-transport.js";
import { spotlightTransport } from "./transport/http/spotlight-transport.js";

/** A node process or worker thread, as the engine sees it. */
export function nodePlatform(traceIncomingRequests: boolean, ending: Ending | undefined): Platform {
  return {
    ...exit,
    sdkName: "spanmeter.javascript.node",
    ingestSettings: false,
    development: environment()["NODE_ENV"] !== "production",
    global: globalThis,
    console,
    defaults: {
      maxQueueItems: 10_000,
      maxQueueBytes: 4 * 1024 * 1024,
      maxInFlight: 4,
      serverName: hostName(),
    },
    maxEnvelopeBytes: 512 * 1024,
    encodeMetrics,
    random: Math.random,
    retries: { longestPauseMs: 30_000, maxUnanswered: Infinity },
    holdOpen,
    createAttributeContext,
    traceSources: () => [asyncTrace],
    transport: ending?.transport ?? httpTransport,
    ...(ending && { keep: ending.keep }),
    spotlightTransport,
    start: (client) => start(client, traceIncomingRequests, ending),
  };
}

function start(client: Lifecycle, traceIncomingRequests: boolean, ending?: Ending): Undo {
  const undos: Undo[] = [];
  try {
    undos.push(ending ? ending.start(client) : flushAtProcessEnd(client));
    if (traceIncomingRequests) undos.push(watchIncomingRequests());
  } catch {
    // Other runtimes have node's modules but not all that is in them.
  }
  return () => {
    for (const undo of undos) undo();
  };
}
