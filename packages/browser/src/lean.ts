import { countEarly, createClient as createCoreClient, createMetrics } from "@spanmeter/core";
import type { Client, Metrics, Options } from "@spanmeter/core";
import { makeCurrentOnPage } from "./make-current.js";
import type { PagePart } from "./parts.js";
import { browserPlatform } from "./platform.js";

export { consoleTransport } from "./transport/console.js";
export { keepaliveTransport } from "./transport/keepalive.js";
export type { KeepaliveTransportOptions } from "./transport/keepalive.js";
export {
  attributeRules,
  close,
  fanOut,
  flush,
  fold,
  getClient,
  keyedHash,
  memoryTransport,
  raw,
  reservoir,
  sample,
  setAttributes,
  withAttributes,
} from "@spanmeter/core";
export type {
  AttributeNames,
  AttributeRuleOptions,
  AttributeRules,
  Attributes,
  AttributeValue,
  BoundOptions,
  ChangedMetric,
  Client,
  Counter,
  Distribution,
  Drop,
  DropReason,
  Envelope,
  FoldOptions,
  Gauge,
  InstrumentOptions,
  KeyedHashOptions,
  KnownUnit,
  MemoryTransport,
  Metric,
  MetricOptions,
  Metrics,
  MetricStats,
  MetricType,
  NameMatch,
  Options,
  Policy,
  ReservoirOptions,
  ScopeLike,
  Stats,
  Trace,
  TraceSource,
  Transport,
  TransportFactory,
  TransportOptions,
  TransportResponse,
  Unit,
  VolumeRule,
} from "@spanmeter/core";
export {
  beforeSend,
  waitForSentry,
  folding,
  openTelemetry,
  pageStorage,
  pageTrace,
  sampling,
  sentry,
  spotlight,
  trimming,
} from "./parts.js";
export type { PagePart } from "./parts.js";

/** How a lean client is made. */
export interface LeanOptions extends Options {
  /**
   * The optional pieces of the client. Trace sources are read in this order; `false` and `undefined` are
   * skipped.
   *
   * @default []
   * @example
   * parts: [sentry(), waitForSentry(), isShop && pageStorage()]
   */
  parts?: readonly (PagePart | false | undefined)[] | undefined;
}

/**
 * Makes the client that `metrics` records with from now on. Calls before it are not buffered: they are
 * counted, and reported as lost (`buffer_overflow`).
 *
 * @example
 * init({ parts: [sentry(), waitForSentry(), pageStorage()] });
 */
export function init(options: LeanOptions = {}): Client {
  return makeCurrentOnPage(() => createClient(options));
}

/** Makes a client that shares nothing with the current one; several may live side by side. */
export function createClient(options: LeanOptions): Client {
  return createCoreClient(options, browserPlatform(readParts(options)));
}

/** The parts that are objects. Reading the options of JavaScript code may throw. */
function readParts(options: LeanOptions): PagePart[] {
  try {
    return (options.parts ?? []).filter((part) => part && typeof part === "object") as PagePart[];
  } catch {
    return [];
  }
}

/** Records with the current client. Calls before `init()` are counted and reported as lost. */
export const metrics: Metrics = /* @__PURE__ */ createMetrics(countEarly);
