import { keysOf } from "../workload.mjs";
import { envelopesEnd } from "./envelopes.mjs";
import { DSN, inSpan, initTracing, Sentry } from "./sentry-module.mjs";

/** Opens Sentry's metrics. With `dsn`, it sends over HTTP. */
export function open({ set = "none", span = false, dsn }) {
  const end = envelopesEnd({ keys: keysOf(set), traced: span });
  // Sentry's pipeline up to the request body.
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
    trustHeaders: end.trustHeaders,
    arrived: end.arrived,
  };
}
