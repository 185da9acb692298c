import { keysOf } from "../workload.mjs";
import { envelopesEnd } from "./envelopes.mjs";
import { DSN, inSpan, initTracing, Sentry } from "./sentry-module.mjs";

/** @param options.dsn sends over real HTTP instead. */
export function open({ set = "none", span = false, dsn }) {
  const end = envelopesEnd({ keys: keysOf(set), traced: span });
  // Sentry's own pipeline up to the bytes of the request body.
  const transport = (options) =>
    Sentry.createTransport(options, async ({ body }) => {
      end.take(body);
      return { statusCode: 200 };
    });
  initTracing(dsn ? { dsn, transport: undefined } : { dsn: DSN, transport });
  return {
    distribution: (value, attributes) =>
      Sentry.metrics.distribution("query.duration", value, { unit: "millisecond", attributes }),
    count: () => Sentry.metrics.count("email.sent"),
    around: span ? inSpan : (fn) => fn(),
    flush: () => Sentry.flush(),
    glance: end.glance,
    arrived: end.arrived,
  };
}
