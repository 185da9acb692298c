import { createClient, metrics, init } from "../../packages/node/dist/index.js";
import { keysOf } from "../workload.mjs";
import { envelopesEnd } from "./envelopes.mjs";
import { endRequestsAt } from "./network.mjs";
import { DSN, inSpan, initTracing } from "./sentry-module.mjs";

/**
 * Opens Spanmeter. With `dsn`, it sends over HTTP; with `span`, calls run in a span of Sentry; with `answerLater`, the
 * caller decides when requests are answered.
 */
export function open({ set = "none", span = false, dsn, answerLater, init: more }) {
  if (span) initTracing();
  const end = envelopesEnd({ keys: keysOf(set), traced: span });
  if (!dsn) endRequestsAt(end.take, answerLater);
  const client = init({ dsn: dsn ?? DSN, shutdown: { spool: false }, ...more });
  return {
    distribution: (value, attributes) =>
      metrics.distribution("query.duration", value, { unit: "millisecond", attributes }),
    count: () => metrics.count("email.sent"),
    around: span ? inSpan : (fn) => fn(),
    flush: () => client.flush(),
    trustHeaders: end.trustHeaders,
    arrived: end.arrived,
    stats: client.stats,
  };
}

export { createClient, metrics };
