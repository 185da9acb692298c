import type { Client } from "../contract/client.js";
import type { Pipeline } from "../contract/pipeline.js";
import type { Transport } from "../contract/transport.js";
import { sentryClients } from "../context/sentry.js";
import { getClient, makeCurrent } from "../current/current-client.js";
import type { SentryClient } from "./sentry-client.js";

/** The pipelines behind the Sentry clients of this page or process, by the transports of those clients. */
const pipelines = /* @__PURE__ */ new WeakMap<Transport, Pipeline>();
let last: Pipeline | undefined;
let count = 0;
let onAdd: (() => void) | undefined;

/** Adds the pipeline behind the client that has this transport. */
export function addPipeline(transport: Transport, pipeline: Pipeline): void {
  pipelines.set(transport, pipeline);
  last = pipeline;
  count++;
  onAdd?.();
}

/** The pipeline behind a Sentry client, if there is one. */
export function findPipeline(client: SentryClient | undefined): Pipeline | undefined {
  const transport = client?.getTransport?.();
  return transport && pipelines.get(transport);
}

/**
 * From now on, once there is a pipeline behind a Sentry client, calls of `metrics` are recorded into it, unless
 * `init()` made a client. Where several Sentry clients have one, it is that of the active one, as for calls of
 * `Sentry.metrics`. `open` makes the client that records into a pipeline.
 */
export function recordBehindSentry(open: (pipeline: Pipeline) => Client): void {
  if (onAdd) return last && onAdd();
  const clients = new WeakMap<Pipeline, Client>();

  function active(): Client {
    let pipeline = last as Pipeline;
    // Several copies of the SDK may be in use, each with a client of its own.
    if (count > 1)
      pipeline =
        sentryClients(globalThis)
          .map((client) => findPipeline(client as SentryClient))
          .find(Boolean) ?? pipeline;
    let client = clients.get(pipeline);
    if (!client) clients.set(pipeline, (client = open(pipeline)));
    return client;
  }

  const client: Client = {
    get metrics() {
      return active().metrics;
    },
    get options() {
      return active().options;
    },
    flush: (timeoutMs) => active().flush(timeoutMs),
    close: (timeoutMs) => active().close(timeoutMs),
    setAttributes: (attributes) => active().setAttributes(attributes),
    withAttributes: (attributes, fn) => active().withAttributes(attributes, fn),
    stats: () => active().stats(),
    missed: (calls) => active().missed?.(calls),
    endsWithSentry: true,
  };
  onAdd = () => {
    if (!getClient()) makeCurrent(client);
  };
  if (last) onAdd();
}
