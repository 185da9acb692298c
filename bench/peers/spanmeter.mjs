import { createClient, metrics, init } from "../../packages/node/dist/index.js";
import { serializeEnvelope } from "../../packages/core/dist/index.js";
import { keysOf } from "../workload.mjs";
import { createEnd } from "./envelopes.mjs";
import { DSN, inSpan, initTracing } from "./sentry-module.mjs";

const encoder = new TextEncoder();
const encodeUtf8 = (text) => encoder.encode(text);

/** Hands over the bytes that would go into a request. */
const bytesTo = (take) => () => ({
  async send(envelope) {
    take(serializeEnvelope(envelope, encodeUtf8));
    return { statusCode: 200 };
  },
  flush: async () => true,
});

/** @param options.dsn sends over real HTTP instead; @param options.span inside a span of Sentry's. */
export function open({ set = "none", span = false, dsn, init: more }) {
  if (span) initTracing();
  const end = createEnd({ keys: keysOf(set), traced: span });
  const client = init({ dsn: dsn ?? DSN, ...(!dsn && { transport: bytesTo(end.take) }), ...more });
  return {
    distribution: (value, attributes) =>
      metrics.distribution("query.duration", value, { unit: "millisecond", attributes }),
    count: () => metrics.count("email.sent"),
    around: span ? inSpan : (fn) => fn(),
    flush: () => client.flush(),
    arrived: end.arrived,
    stats: client.stats,
  };
}

export { createClient, metrics };
