import { copyAttributes } from "./attributes.js";
import type { Client } from "./client.js";
import { activeTrace } from "./context/active-trace.js";
import { lookAtSentry } from "./context/sentry.js";
import type { Attributes, Metrics, Trace } from "./metric.js";
import type { RecordCall } from "./record/recorder.js";
import { createVerbs } from "./record/verbs.js";

/** How many calls made before `init()` are kept for it; those after them are only counted. */
const MAX_EARLY = 100;

/** What keeps the calls before `init()`, until it hands them over. */
interface Early {
  readonly metrics: Metrics;
  readonly options?: undefined;
  /** Hands all it has to the client that took its place. */
  close(): void;
  /** What `setAttributes` was given. */
  attributes?: Attributes;
  /** What `withAttributes` was given, while its function runs. */
  around?: Attributes | undefined;
}

/**
 * The current client lives under a registered symbol rather than in a module variable, so that the
 * ESM and the CommonJS copy of this package in one process speak to the same client.
 */
const KEY: unique symbol = Symbol.for("spanmeter.current");
/** Where node keeps the trace of `continueTrace` and of incoming requests. */
const TRACES: unique symbol = Symbol.for("spanmeter.traces");
const host = globalThis as {
  [KEY]?: Client | Early;
  [TRACES]?: { getStore(): Trace | undefined };
};

function current(): Client | Early {
  return (host[KEY] ??= createEarly());
}

function createEarly(): Early {
  const kept: (() => void)[] = [];
  let made = 0;
  /** Keeps a call with the time and trace it was made at. */
  const keep: RecordCall = (type, name, value, options) => {
    // Without an `init()` a call must cost next to nothing.
    if (made++ >= MAX_EARLY) return;
    // Options may have getters that throw.
    try {
      const then = {
        ...options,
        timestamp: options?.timestamp ?? Date.now() / 1000,
        attributes: { ...early.around, ...copyAttributes(options?.attributes) },
        trace:
          options?.trace ??
          (options?.scope
            ? undefined
            : ((activeTrace(host, lookAtSentry(host)) as Trace | undefined) ??
              host[TRACES]?.getStore())),
      };
      kept.push(() => metrics[type === "counter" ? "count" : type](name, value, then));
    } catch {}
  };
  const early: Early = {
    metrics: createVerbs(keep),
    close() {
      const client = getClient() as Client;
      client.setAttributes({ ...early.attributes });
      for (const call of kept) call();
      if (made > kept.length) client.missed?.(made - kept.length);
    },
  };
  return early;
}

/**
 * Speaks to the current client. Of the calls before the first `init()` it keeps the first 100; `init()`
 * records them, and announces how many came after them as lost (`buffer_overflow`).
 */
export const metrics: Metrics = {
  count: (name, value, options) => current().metrics.count(name, value, options),
  gauge: (name, value, options) => current().metrics.gauge(name, value, options),
  distribution: (name, value, options) => current().metrics.distribution(name, value, options),
};

/** Makes `client` the one that `metrics` speaks to, hands it the early calls, closes the one before. */
export function makeCurrent<C extends Client>(client: C): C {
  const previous = current();
  host[KEY] = client;
  if (previous !== client) void previous.close();
  return client;
}

/** The client made by `init()`, if there is one. */
export function getClient(): Client | undefined {
  const client = current();
  return client.options && client;
}

/** Sends what waits; see {@link Client.flush}. `true` without a client: nothing waits. */
export async function flush(timeoutMs?: number): Promise<boolean> {
  return getClient()?.flush(timeoutMs) ?? true;
}

/** Flushes and turns the current client off; see {@link Client.close}. */
export async function close(timeoutMs?: number): Promise<boolean> {
  return getClient()?.close(timeoutMs) ?? true;
}

/** Adds attributes to every metric from here on; before `init()` they wait for it. */
export function setAttributes(attributes: Attributes): void {
  const client = current();
  if (client.options) client.setAttributes(attributes);
  else client.attributes = { ...client.attributes, ...copyAttributes(attributes) };
}

/**
 * Runs `fn`; everything recorded inside carries the attributes. Returns what `fn` returns. Before
 * `init()` they end at the first `await` inside.
 */
export function withAttributes<T>(attributes: Attributes, fn: () => T): T {
  const client = current();
  if (client.options) return client.withAttributes(attributes, fn);
  const { around } = client;
  client.around = { ...around, ...copyAttributes(attributes) };
  try {
    return fn();
  } finally {
    client.around = around;
  }
}
