import type { Platform } from "@spanmeter/core";
import { createAttributeContext } from "./context/attribute-context.js";
import { createPageEnd, isHidden } from "./lifecycle/page-end.js";
import { isOnline } from "./lifecycle/page-storage.js";
import type { PagePart } from "./parts.js";
import { pageTransport } from "./transport/page-transport.js";
import { createRuntime, type PageRuntime } from "./runtime.js";

/** Of a page that ends: three such pieces fit the keepalive budget, and use up what earlier sends have left of it. */
const PIECE_BYTES = 19_000;

/** A page, a web worker or a server that renders pages, as the engine sees it. */
export function browserPlatform(parts: readonly PagePart[]): Platform {
  const runtime = createRuntime();
  const { storage }: PagePart = Object.assign({}, ...parts);
  const { deliver, ...pageEnd } = createPageEnd(runtime, storage);
  return {
    ...pageServices(runtime, parts),
    ...pageEnd,
    transport: (options) => pageTransport(deliver(options)),
  };
}

/** The members that do not depend on how metrics leave the page. */
export function pageServices(
  runtime: PageRuntime,
  parts: readonly PagePart[],
): Omit<Platform, "transport"> {
  const { document, navigator } = globalThis as Partial<typeof globalThis>;
  return {
    ...runtime,
    sdkName: "spanmeter.javascript.browser",
    ingestSettings: true,
    development: __DEV__ && isDevelopment(),
    global: globalThis,
    console,
    defaults: {
      maxQueueItems: 2_000,
      maxQueueBytes: 512 * 1024,
      maxInFlight: 1,
    },
    // Each request costs the main thread as much as a hundred metrics. One of this size, with its headers and a
    // client report, fits the keepalive budget: none is cut off when the page ends.
    maxEnvelopeBytes: 57_000,
    // Pieces that are stored because the page is offline are small, too: a tab that is killed while it sends them loses
    // one at most.
    currentEnvelopeBytes: (isLast) =>
      isLast || isHidden() || !isOnline() ? PIECE_BYTES : Infinity,
    random: Math.random,
    // An ad blocker refuses every request, and each one is an error on the console of a visitor.
    retries: { longestPauseMs: 300_000, maxUnanswered: document ? 20 : Infinity },
    // https://developers.cloudflare.com/workers/runtime-apis/web-standards/#navigatoruseragent
    isRequestBound: navigator?.userAgent === "Cloudflare-Workers",
    createAttributeContext,
    parts,
  };
}

declare const process: { env: { NODE_ENV?: string } };

/** Bundlers put a text in the place of `process.env.NODE_ENV`; without a bundler there is none. */
function isDevelopment(): boolean {
  try {
    return process.env.NODE_ENV !== "production";
  } catch {
    return false;
  }
}
