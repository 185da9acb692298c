import { copyAttributes, type Bag } from "../engine/attributes.js";
import type { Client } from "../contract/client.js";
import { activeTrace } from "../context/active-trace.js";
import { readSentry } from "../context/sentry.js";
import type { Attributes, Metrics, Trace } from "../contract/metric.js";
import { createSlot } from "../engine/process-slot.js";
import { createEarlyCalls, MAX_EARLY_CALLS } from "./early-calls.js";
import { createVerbs } from "../record/verbs.js";
import { warnWithoutInit } from "./warn-without-init.js";

/** Stands in for a client before `init()`. */
interface Early {
  readonly metrics: Metrics;
  readonly options?: undefined;
  /** Hands all it has to the client that took its place. */
  close(): void;
  /** Warns, once, that calls were made which wait for `init()`. Absent in production bundles. */
  warn?(): void;
  /** What `setAttributes` was given. */
  attributes?: Bag;
  /** What `withAttributes` was given, while its function runs. */
  around?: Bag | undefined;
}

/** The current client of all copies of this package. */
const slot = createSlot<Client | Early>("spanmeter.current", createEarly);
/** Where node keeps the trace of `continueTrace` and of incoming requests. */
const TRACES: unique symbol = Symbol.for("spanmeter.traces");
const host = globalThis as { [TRACES]?: { getStore(): Trace | undefined } };

function createEarly(): Early {
  const calls = createEarlyCalls({
    // A test may have replaced `Date.now` by a function that returns nothing, or throws.
    time: () => attempt(() => Date.now() / 1000) || new Date().getTime() / 1000,
    trace: () =>
      (attempt(() => activeTrace(host, readSentry(host))) as Trace | undefined) ??
      attempt(() => host[TRACES]?.getStore()),
    around: () => early.around,
  });
  const recordAndWarn: typeof calls.record = (...call) => {
    calls.record(...call);
    if (calls.count() > MAX_EARLY_CALLS) early.warn?.();
  };
  const early: Early = {
    metrics: createVerbs(__DEV__ ? recordAndWarn : calls.record),
    close() {
      const client = getClient() as Client;
      client.setAttributes({ ...early.attributes });
      calls.release(client);
    },
  };
  if (__DEV__) {
    early.warn = () => {
      if (calls.count() === 0) return;
      warnWithoutInit(calls.count());
      early.warn = () => {};
    };
  }
  return early;
}

function attempt<T>(fn: () => T): T | undefined {
  try {
    return fn();
  } catch {
    return undefined;
  }
}

/**
 * Speaks to the current client. Of the calls before the first `init()` it keeps the first 100; `init()`
 * records them, and announces how many came after them as lost (`buffer_overflow`).
 */
export const metrics: Metrics = {
  count: (name, value, options) => slot.get().metrics.count(name, value, options),
  gauge: (name, value, options) => slot.get().metrics.gauge(name, value, options),
  distribution: (name, value, options) => slot.get().metrics.distribution(name, value, options),
};

/** Makes `client` the one that `metrics` speaks to, hands it the early calls, closes the one before. */
export function makeCurrent<C extends Client>(client: C): C {
  const previous = slot.get();
  slot.set(client);
  if (previous !== client) void previous.close();
  return client;
}

/** The client made by `init()`, if there is one. */
export function getClient(): Client | undefined {
  const client = slot.get();
  return client.options && client;
}

/** Sends what waits; see {@link Client.flush}. `true` without a client: nothing waits. */
export async function flush(timeoutMs?: number): Promise<boolean> {
  const client = slot.get();
  if (client.options) return client.flush(timeoutMs);
  if (__DEV__) client.warn?.();
  return true;
}

/** Flushes and turns the current client off; see {@link Client.close}. */
export async function close(timeoutMs?: number): Promise<boolean> {
  const client = slot.get();
  if (client.options) return client.close(timeoutMs);
  if (__DEV__) client.warn?.();
  return true;
}

/**
 * Changes the attributes of every metric from here on; `undefined` and `null` remove one. Before
 * `init()` they wait for it.
 */
export function setAttributes(attributes: Attributes): void {
  const client = slot.get();
  if (client.options) client.setAttributes(attributes);
  else client.attributes = { ...client.attributes, ...copyAttributes(attributes, true) };
}

/**
 * Runs `fn`; everything recorded inside carries the attributes, and not those that are `undefined` or
 * `null`. Returns what `fn` returns. Before `init()` they end at the first `await` inside.
 */
export function withAttributes<T>(attributes: Attributes, fn: () => T): T {
  const client = slot.get();
  if (client.options) return client.withAttributes(attributes, fn);
  const { around } = client;
  client.around = { ...around, ...copyAttributes(attributes, true) };
  try {
    return fn();
  } finally {
    client.around = around;
  }
}
