import type { Drop } from "./drop.js";
import type { Attributes, ChangedMetric, Metric, TraceSource } from "./metric.js";
import type { TransportFactory } from "./transport.js";

/** How a client is made. Every option may be left out. */
export interface Options {
  /**
   * Where to send, e.g. `https://key@o1.ingest.sentry.io/2`. Without a DSN, `spotlight` and `transport`
   * the client records nothing until a Sentry SDK is initialised; then it records the first 100 calls
   * that were made before. `""` means that there is no DSN, whatever a Sentry SDK or the environment
   * says. A malformed DSN is logged once as an error, and the client is a no-op.
   *
   * @default the DSN of the Sentry SDK beside it; else, in node, `SENTRY_DSN`
   */
  dsn?: string | undefined;
  /**
   * Version of the application, sent as `sentry.release`.
   *
   * @default the release of the Sentry SDK beside it; else, in node, `SENTRY_RELEASE`
   */
  release?: string | undefined;
  /**
   * Deployment such as `production`, sent as `sentry.environment`.
   *
   * @default the environment of the Sentry SDK beside it; else, in node, `SENTRY_ENVIRONMENT`
   */
  environment?: string | undefined;
  /**
   * Build of a release, sent as `sentry.dist`.
   *
   * @default the dist of the Sentry SDK beside it
   */
  dist?: string | undefined;
  /** Sent as `server.address`. Default in node: the host name. `false` leaves it out. */
  serverName?: string | false | undefined;
  /** `false` makes the client a no-op. Default: `true`. */
  enableMetrics?: boolean | undefined;
  /** On every metric. Default: none. */
  attributes?: Attributes | undefined;
  /**
   * Sees each metric with all its attributes and returns it, changed or not, or `null` to drop it
   * (`before_send`). When it throws, the metric is dropped as `before_send` and the error is told once.
   */
  beforeSendMetric?: ((metric: Metric) => ChangedMetric | null) | undefined;
  /**
   * `true` adds `user.id`, `user.name` and `user.email` of the Sentry scope and, from a browser, asks
   * Relay to infer IP address and user agent.
   *
   * @default what the Sentry SDK beside it was given (`sendDefaultPii`, or `dataCollection.userInfo` in
   * major 11), else `false`
   */
  sendDefaultPii?: boolean | undefined;
  /**
   * URL on your own server that forwards envelopes to Sentry; the envelope names the DSN. `""` means that
   * there is none, whatever the Sentry SDK uses.
   *
   * @default the tunnel of the Sentry SDK beside it
   */
  tunnel?: string | undefined;
  /** Makes the transport; any `make...Transport` of `@sentry/*` fits. Default: by platform. */
  transport?: TransportFactory | undefined;
  /** Handed to the transport besides its URL: headers, proxy, ... Default: `{}`. */
  transportOptions?: Readonly<Record<string, unknown>> | undefined;
  /**
   * Sends a copy to the local explorer: `true` for `http://localhost:8969/stream`, or its URL. Works
   * without a DSN. Default in node: `SENTRY_SPOTLIGHT`.
   */
  spotlight?: boolean | string | undefined;
  /** Where a metric's trace comes from; the first that answers wins. Default: by platform. */
  traceSources?: readonly TraceSource[] | undefined;
  /** The most metrics that may wait or be under way. Default: node 10 000, browser 2 000. */
  maxQueueItems?: number | undefined;
  /** The same in bytes. Default: node 4 MiB, browser 512 KiB. */
  maxQueueBytes?: number | undefined;
  /**
   * What becomes of a metric that finds the queue full, or Sentry asking for a pause. `fold` folds it
   * with others of the same name and attributes, so that counters stay exact, gauges keep their last,
   * least and greatest value and distributions a weighted sample; `drop` drops it when the queue is
   * full (`buffer_overflow`). Default: `fold`.
   */
  overflow?: "fold" | "drop" | undefined;
  /**
   * The most series, of one name and set of attributes each, to fold into at once; later ones of a name
   * share one that carries `spanmeter.overflow: true` instead of attributes. Default: 2000.
   */
  maxSeries?: number | undefined;
  /**
   * The most bytes one metric may have, measured as Sentry bills it: name, value, attribute keys and
   * values. Longer text attributes are cut to fit. Default: 2048, the limit of Relays before 2026-04.
   */
  maxMetricBytes?: number | undefined;
  /** How many envelopes may be under way at once. Default: node 4, browser 2. */
  maxInFlight?: number | undefined;
  /** How long the first waiting metric waits, in milliseconds. Default: 5000. */
  flushInterval?: number | undefined;
  /** How long one send may take, in milliseconds, until it is tried again. Default: 10 000. */
  sendTimeout?: number | undefined;
  /** Told of every loss, by reason and name. */
  onDrop?: ((drop: Drop) => void) | undefined;
  /** Tell Sentry what was lost and why. Default: `true`. */
  sendClientReports?: boolean | undefined;
  /** `true` tells every step on the console. Default: `false`. */
  debug?: boolean | undefined;
}
