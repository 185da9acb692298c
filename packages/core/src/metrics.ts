import { copyAttributes } from "./attributes.js";
import type { Client } from "./client.js";
import { openTelemetryTraceSource } from "./context/opentelemetry.js";
import { sentryTraceSource } from "./context/sentry.js";
import type { Attributes, Metrics, Trace, TraceSource } from "./metric.js";
import type { RecordCall } from "./record/recorder.js";
import { createVerbs } from "./record/verbs.js";

/** How many calls made before `init()` are kept for it; those after them are only counted. */
const MAX_EARLY = 100;

interface Slot {
  client?: Client;
  /** What the verbs speak to: the client's, or the keeper of early calls. */
  metrics: Metrics;
  early: ((client: Metrics) => void)[];
  /** How many calls came after those that are kept. */
  late: number;
  /** What `setAttributes` was given before there was a client. */
  attributes?: Attributes;
  /** What `withAttributes` was given, while its function runs. */
  around?: Attributes | undefined;
}

/**
 * The current client lives under a registered symbol rather than in a module variable, so that the
 * ESM and the CommonJS copy of this package in one process speak to the same client.
 */
const KEY: unique symbol = Symbol.for("spanmeter.current");
const TRACES: unique symbol = Symbol.for("spanmeter.traces");

let known: Slot | undefined;

function slot(): Slot {
  return (known ??= (globalThis as { [KEY]?: Slot })[KEY] ??= createSlot());
}

function createSlot(): Slot {
  const early: Slot["early"] = [];
  const sources = [
    sentryTraceSource(globalThis),
    openTelemetryTraceSource(globalThis),
    // Where node keeps the trace of `continueTrace` and of incoming requests.
    () => (globalThis as { [TRACES]?: { getStore(): Trace | undefined } })[TRACES]?.getStore(),
  ];
  /** Keeps a call with the time and trace it was made at. */
  const keep: RecordCall = (type, name, value, options) => {
    // Without an `init()` a call must cost next to nothing.
    if (early.length >= MAX_EARLY) return void created.late++;
    try {
      const { unit, scope, sampleRate, trace, timestamp, attributes } = options ?? {};
      const kept = {
        unit,
        scope,
        sampleRate,
        timestamp: timestamp ?? Date.now() / 1000,
        attributes: { ...created.around, ...copyAttributes(attributes) },
        trace: trace ?? (scope ? undefined : firstOf(sources)),
      };
      early.push((client) => client[type === "counter" ? "count" : type](name, value, kept));
    } catch {
      // Options whose getters throw.
      created.late++;
    }
  };
  const created: Slot = { early, late: 0, metrics: createVerbs(keep) };
  return created;
}

function firstOf(sources: readonly TraceSource[]): Trace | undefined {
  let trace: Trace | undefined;
  for (const source of sources) trace ??= source();
  return trace;
}

/**
 * Speaks to the current client. Of the calls before the first `init()` it keeps the first 100; `init()`
 * records them, and announces how many came after them as lost (`buffer_overflow`).
 */
export const metrics: Metrics = {
  count: (name, value, options) => slot().metrics.count(name, value, options),
  gauge: (name, value, options) => slot().metrics.gauge(name, value, options),
  distribution: (name, value, options) => slot().metrics.distribution(name, value, options),
};

/** Makes `client` the one that `metrics` speaks to, hands it the early calls, closes the one before. */
export function makeCurrent<C extends Client>(client: C): C {
  const current = slot();
  const previous = current.client;
  current.client = client;
  current.metrics = client.metrics;
  if (current.attributes) client.setAttributes(current.attributes);
  for (const call of current.early.splice(0)) call(client.metrics);
  if (current.late) client.missed?.(current.late);
  current.late = 0;
  if (previous !== client) void previous?.close();
  return client;
}

/** The client made by `init()`, if there is one. */
export function getClient(): Client | undefined {
  return slot().client;
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
  const current = slot();
  if (current.client) current.client.setAttributes(attributes);
  else current.attributes = { ...current.attributes, ...copyAttributes(attributes) };
}

/**
 * Runs `fn`; everything recorded inside carries the attributes. Returns what `fn` returns. Before
 * `init()` they end at the first `await` inside.
 */
export function withAttributes<T>(attributes: Attributes, fn: () => T): T {
  const current = slot();
  if (current.client) return current.client.withAttributes(attributes, fn);
  const { around } = current;
  current.around = { ...around, ...copyAttributes(attributes) };
  try {
    return fn();
  } finally {
    current.around = around;
  }
}
