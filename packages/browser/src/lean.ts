import {
  createClient as createCoreClient,
  createMetrics,
  createVerbs,
  getClient,
  makeCurrent,
} from "@spanmeter/core";
import type { Client, Early, Metrics, Options } from "@spanmeter/core";
import type { PagePart } from "./parts.js";
import { browserPlatform } from "./platform.js";

export { close, flush, getClient, setAttributes, withAttributes } from "@spanmeter/core";
export type {
  Attributes,
  AttributeValue,
  ChangedMetric,
  Client,
  Drop,
  DropReason,
  KnownUnit,
  Metric,
  MetricOptions,
  Metrics,
  MetricType,
  Options,
  Stats,
  Trace,
  TraceSource,
  Transport,
  TransportFactory,
  TransportOptions,
  Unit,
} from "@spanmeter/core";
export {
  beforeSend,
  earlyCalls,
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
   * The optional pieces of the client, in any order; trace sources are read in this order.
   *
   * @default []
   * @example
   * parts: [sentry(), pageStorage()]
   */
  parts?: readonly PagePart[] | undefined;
}

/**
 * Makes the client that `metrics` records with from now on. Calls before it are not buffered: they are
 * counted, and reported as lost (`buffer_overflow`).
 *
 * @example
 * init({ dsn: "https://key@o1.ingest.sentry.io/2", parts: [sentry(), pageStorage()] });
 */
export function init(options: LeanOptions = {}): Client {
  // Where pages are rendered on a server, the server's own client stays the current one.
  const onServer = typeof self === "undefined" && getClient();
  return onServer || makeCurrent(createClient(options));
}

/** Makes a client that shares nothing with the current one; several may live side by side. */
export function createClient({ parts = [], ...options }: LeanOptions): Client {
  return createCoreClient(options, browserPlatform(parts));
}

/** Records with the current client. Calls before `init()` are counted and reported as lost. */
export const metrics: Metrics = /* @__PURE__ */ createMetrics(countEarly);

function countEarly(early: Early): Metrics {
  let calls = 0;
  early.release = (client) => client.missed?.(calls);
  return createVerbs(() => void calls++);
}
