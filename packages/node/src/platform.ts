import { createLoadPace, type Lifecycle, type Platform, type Undo } from "@spanmeter/core";
import { asyncTrace } from "./context/async-trace.js";
import { createAttributeContext } from "./context/attribute-context.js";
import { watchIncomingRequests } from "./context/incoming-requests.js";
import { encodeMetrics } from "./encode/encode-metrics.js";
import { environment } from "./options/environment.js";
import { flushAtProcessEnd } from "./process/flush-when-idle.js";
import { hostName } from "./runtime/host-name.js";
import { nodeRuntime } from "./runtime/node-runtime.js";
import { keepProcessAlive } from "./runtime/timers.js";
import type { Shutdown } from "./shutdown/shutdown.js";
import { httpTransport } from "./transport/http/http-transport.js";
import { spotlightTransport } from "./transport/http/spotlight-transport.js";
import { allParts } from "./parts.js";

/** A node process or worker thread, as core sees it. Without `shutdown` nothing is spooled. */
export function nodePlatform(
  traceIncomingRequests: boolean,
  shutdown: Shutdown | undefined,
): Platform {
  return {
    ...nodeRuntime,
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
    // Room for a batch under load, 1000 metrics. Sentry's own SDK sends as many bytes.
    maxEnvelopeBytes: 800_000,
    encodeMetrics,
    createPace: createLoadPace,
    random: Math.random,
    retries: { longestPauseMs: 30_000, maxUnanswered: Infinity },
    // An error in an exit listener may be handled: the process then ends when nothing is left to do.
    holdOpen: () => (shutdown?.isExiting() ? undefined : keepProcessAlive()),
    createAttributeContext,
    transport: shutdown?.transport ?? httpTransport,
    ...(shutdown && { keep: shutdown.store }),
    parts: allParts(asyncTrace, spotlightTransport),
    start: (client) => start(client, traceIncomingRequests, shutdown),
  };
}

function start(client: Lifecycle, traceIncomingRequests: boolean, shutdown?: Shutdown): Undo {
  const undos: Undo[] = [];
  try {
    undos.push(shutdown ? shutdown.start(client) : flushAtProcessEnd(client));
    if (traceIncomingRequests) undos.push(watchIncomingRequests());
  } catch {
    // Other runtimes have node's modules, but not all of their functions.
  }
  return () => {
    for (const undo of undos) undo();
  };
}
