import { createLoadPace, type AttributeContext, type Platform } from "@spanmeter/core";
import { environment } from "../options/environment.js";
import { createAsyncStorage, importAsyncStorage } from "./async-storage.js";
import { continuedTrace } from "./continue-trace.js";
import { edgeRuntime } from "./edge-runtime.js";
import { fetchTransport } from "./fetch-transport.js";
import { allParts } from "../parts.js";

/** An edge runtime such as Cloudflare's workerd or Next's, as core sees it. Its end is not announced. */
export function edgePlatform(): Platform {
  void importAsyncStorage();
  return {
    ...edgeRuntime,
    sdkName: "spanmeter.javascript.edge",
    ingestSettings: false,
    development: environment()["NODE_ENV"] === "development",
    global: globalThis,
    console,
    defaults: { maxQueueItems: 10_000, maxQueueBytes: 4 * 1024 * 1024, maxInFlight: 4 },
    maxEnvelopeBytes: 512 * 1024,
    createPace: createLoadPace,
    random: Math.random,
    retries: { longestPauseMs: 30_000, maxUnanswered: Infinity },
    createAttributeContext,
    transport: fetchTransport,
    parts: allParts(continuedTrace, fetchTransport),
    isRequestBound: isCloudflare(),
  };
}

/**
 * Whether this is Cloudflare, where sends and timers end with the request that began them
 * (https://developers.cloudflare.com/workers/runtime-apis/web-standards/#navigatoruseragent).
 */
export function isCloudflare(): boolean {
  const { navigator } = globalThis as { navigator?: { userAgent?: unknown } };
  return navigator?.userAgent === "Cloudflare-Workers";
}

function createAttributeContext(): AttributeContext {
  const { run, getStore } = createAsyncStorage<Parameters<AttributeContext["run"]>[0]>();
  return { run, current: getStore };
}
