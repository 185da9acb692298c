import type { Client, Counter, MetricOptions } from "../../src/index.js";
import type { ClientEvent } from "./events.js";

type RecordEvent = ClientEvent & { readonly does: "record" };

/** Traces that sample() decides about differently. */
const TRACES = ["0".repeat(31) + "1", "f".repeat(32)] as const;

/** Calls in turns in each span; without spans, all in the trace of the client. */
function traceOf(i: number, spans: number | undefined): MetricOptions {
  if (spans === undefined) return {};
  const span = i % spans;
  const traceId = TRACES[span % TRACES.length] as string;
  return { trace: { traceId, spanId: String(span + 1).padStart(16, "0") } };
}

/** Counters that were bound before, which last over flushes. */
const counters = new WeakMap<Client, Map<string, Counter>>();

function counterOf(client: Client, name: string, series: number): Counter {
  let known = counters.get(client);
  if (!known) counters.set(client, (known = new Map()));
  const key = `${name} ${series}`;
  let counter = known.get(key);
  if (!counter) {
    counter = client.metrics.createCounter(name, { attributes: { series } });
    known.set(key, counter);
  }
  return counter;
}

/** Records the calls of an event: the values `value`, `value + 1` and so on. */
export function recordCalls(client: Client, name: string, event: RecordEvent): void {
  const { type, series, value, times, style, spans } = event;
  const attributes = { series };
  const record = style === "handle" ? throughHandle : directly;
  for (let i = 0; i < times; i++) record(value + i, traceOf(i, spans));

  function throughHandle(each: number): void {
    const { metrics } = client;
    if (type === "counter") counterOf(client, name, series).add(each);
    else if (type === "gauge") metrics.createGauge(name, { attributes }).set(each);
    else metrics.createDistribution(name, { attributes }).record(each);
  }

  function directly(each: number, trace: MetricOptions): void {
    const options = {
      attributes,
      ...trace,
      ...(style === "timed" && { timestamp: 1_767_225_600 }),
    };
    client.metrics[type === "counter" ? "count" : type](name, each, options);
  }
}
