import type { Client } from "./client.js";
import { sentryTraceSource } from "./context/sentry.js";
import { openTelemetryTraceSource } from "./context/opentelemetry.js";
import type { Attributes, MetricOptions, Metrics, Trace, TraceSource } from "./metric.js";

/** How many calls made before `init()` are kept for it. */
const MAX_EARLY = 100;

type EarlyCall = (metrics: Metrics) => void;

interface Slot {
  client?: Client;
  early: EarlyCall[];
  attributes?: Attributes;
}

/**
 * The current client lives under a registered symbol rather than in a module variable, so that the
 * ESM and the CommonJS copy of this package in one process speak to the same client.
 */
const KEY: unique symbol = Symbol.for("spanmeter.current");

let known: Slot | undefined;

function slot(): Slot {
  const host = globalThis as { [KEY]?: Slot };
  return (known ??= host[KEY] ??= { early: [] });
}

/** Speaks to the current client. Calls before the first `init()` are kept, the last 100 of them. */
export const metrics: Metrics = {
  count(name, value = 1, options) {
    const { client } = slot();
    if (client) client.metrics.count(name, value, options);
    else keep("count", name, value, options);
  },
  gauge(name, value, options) {
    const { client } = slot();
    if (client) client.metrics.gauge(name, value, options);
    else keep("gauge", name, value, options);
  },
  distribution(name, value, options) {
    const { client } = slot();
    if (client) client.metrics.distribution(name, value, options);
    else keep("distribution", name, value, options);
  },
};

/** Keeps a call with the time and trace it was made at. */
function keep(verb: keyof Metrics, name: string, value: number, options?: MetricOptions): void {
  try {
    const { early } = slot();
    const trace = options?.trace ?? (options?.scope ? undefined : activeTrace());
    const kept: MetricOptions = {
      ...options,
      attributes: { ...options?.attributes },
      timestamp: options?.timestamp ?? new Date(),
      trace,
    };
    if (early.length >= MAX_EARLY) early.shift();
    early.push((to) => to[verb](name, value, kept));
  } catch {
    // Options whose getters throw: there is no client yet that could tell.
  }
}

let sources: readonly TraceSource[] | undefined;

function activeTrace(): Trace | undefined {
  sources ??= [sentryTraceSource(globalThis), openTelemetryTraceSource(globalThis)];
  for (const source of sources) {
    const trace = source();
    if (trace) return trace;
  }
  return undefined;
}

/** Makes `client` the one that `metrics` speaks to, hands it the early calls, closes the one before. */
export function makeCurrent<C extends Client>(client: C): C {
  const current = slot();
  const { client: previous, early, attributes } = current;
  current.client = client;
  current.early = [];
  if (attributes) client.setAttributes(attributes);
  for (const call of early) call(client.metrics);
  if (previous && previous !== client) void previous.close();
  return client;
}

/** The client made by `init()`, if there is one. */
export function getClient(): Client | undefined {
  return slot().client;
}

/** Sends what waits; see {@link Client.flush}. `true` without a client: nothing waits. */
export function flush(timeoutMs?: number): Promise<boolean> {
  return slot().client?.flush(timeoutMs) ?? Promise.resolve(true);
}

/** Flushes and turns the current client off; see {@link Client.close}. */
export function close(timeoutMs?: number): Promise<boolean> {
  return slot().client?.close(timeoutMs) ?? Promise.resolve(true);
}

/** Adds attributes to every metric from here on; before `init()` they wait for it. */
export function setAttributes(attributes: Attributes): void {
  const current = slot();
  if (current.client) current.client.setAttributes(attributes);
  else current.attributes = { ...current.attributes, ...attributes };
}

/** Runs `fn`; everything recorded inside carries the attributes. Returns what `fn` returns. */
export function withAttributes<T>(attributes: Attributes, fn: () => T): T {
  const { client } = slot();
  return client ? client.withAttributes(attributes, fn) : fn();
}
