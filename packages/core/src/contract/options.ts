import type { Drop } from "./drop.js";
import type { Attributes, ChangedMetric, Metric, TraceSource } from "./metric.js";
import type { AttributeRules, VolumeRule } from "./policy.js";
import type { TransportFactory } from "./transport.js";

/** Options of a client. Every option may be left out. */
export interface Options {
  /**
   * The DSN of the Sentry project, e.g. `https://key@o1.ingest.sentry.io/2`. Without a DSN, `spotlight` and
   * `transport` the client records nothing until a Sentry SDK is initialised; then it records the first 100
   * calls that were made before. `""` means that there is no DSN, whatever a Sentry SDK or the environment
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
  /**
   * Name of the machine, sent as `server.address`. `false` leaves it out.
   *
   * @default the host name in node; none in a browser
   */
  serverName?: string | false | undefined;
  /**
   * `false` makes the client a no-op.
   *
   * @default true
   */
  enableMetrics?: boolean | undefined;
  /**
   * Attributes of every metric.
   *
   * @default {}
   */
  attributes?: Attributes | undefined;
  /**
   * Which of the attributes that the SDK adds are sent: `standard` for all of them, `slim` for release,
   * environment and dist alone, or their names. They are the larger part of a small metric's bytes.
   *
   * @default "standard": `sentry.release`, `sentry.environment`, `sentry.dist`, `sentry.sdk.name`,
   * `sentry.sdk.version` and `server.address`
   */
  defaultAttributes?: "standard" | "slim" | readonly string[] | undefined;
  /**
   * Decides about each attribute of every metric, but for those that the SDK adds. Made by `attributeRules()`.
   *
   * @default none
   * @example
   * attributeRules: attributeRules({ deny: ["http.url"] })
   */
  attributeRules?: AttributeRules | undefined;
  /**
   * Rules about what metrics cost, by name; the first rule that matches counts. Every call of other metrics is sent.
   *
   * @default []
   * @example
   * volume: [{ match: "cache.*", policy: fold() }]
   */
  volume?: readonly VolumeRule[] | undefined;
  /**
   * The share of calls to keep, above 0 and at most 1. It is multiplied by the `sampleRate` of a rule and of a
   * call; kept metrics carry the product. All calls of one trace are kept or left together.
   *
   * @default 1
   */
  sampleRate?: number | undefined;
  /**
   * Called with each metric and all its attributes; returns it, changed or not, or `null` to drop it
   * (`before_send`). When it throws, the metric is dropped as `before_send` and the error is logged once.
   *
   * @default none
   */
  beforeSendMetric?: ((metric: Metric) => ChangedMetric | null) | undefined;
  /**
   * `true` adds `user.id`, `user.name` and `user.email` of the Sentry scope and, from a browser, asks
   * Relay to infer IP address and user agent.
   *
   * @default the setting of the Sentry SDK beside it (`sendDefaultPii`, or `dataCollection.userInfo` in
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
  /**
   * Makes the transport; any `make...Transport` of `@sentry/*` fits.
   *
   * @default `httpTransport` in node, `fetch` on edge runtimes and in browsers
   */
  transport?: TransportFactory | undefined;
  /**
   * Options for the transport besides its URL: headers, proxy, ...
   *
   * @default {}
   */
  transportOptions?: Readonly<Record<string, unknown>> | undefined;
  /**
   * Sends a copy to the local explorer: `true` for `http://localhost:8969/stream`, or its URL. Works
   * without a DSN.
   *
   * @default `SENTRY_SPOTLIGHT` in node, else `false`
   */
  spotlight?: boolean | string | undefined;
  /**
   * Functions that return the trace of a metric; the first trace counts.
   *
   * @default the Sentry SDK beside it, OpenTelemetry, then sources of the platform
   */
  traceSources?: readonly TraceSource[] | undefined;
  /**
   * The most metrics that may be pending, those in flight included.
   *
   * @default 10 000 in node, 2 000 in a browser
   */
  maxQueueItems?: number | undefined;
  /**
   * The most bytes that pending metrics may have, those in flight included.
   *
   * @default 4 MiB in node, 512 KiB in a browser
   */
  maxQueueBytes?: number | undefined;
  /**
   * Decides about metrics that arrive while the queue is full or Sentry asked for a pause. `fold` folds them
   * with others of the same name and attributes, so that counters stay exact, gauges keep their last,
   * least and greatest value and distributions a weighted sample; `drop` drops them when the queue is
   * full (`buffer_overflow`).
   *
   * @default "fold"
   */
  overflow?: "fold" | "drop" | undefined;
  /**
   * The most series, of one name and set of attributes each, to fold into at a time: of each metric that a rule
   * folds, and of all metrics that arrive while the queue is full. Later ones of a name share one that carries
   * `spanmeter.overflow: true` instead of attributes.
   *
   * @default 2000
   */
  maxSeries?: number | undefined;
  /**
   * The most bytes one metric may have, measured as Sentry bills it: name, value, attribute keys and
   * values. Longer text attributes are cut to fit.
   *
   * @default 2048, the limit of Relays before 2026-04
   */
  maxMetricBytes?: number | undefined;
  /**
   * How many envelopes may be in flight at a time.
   *
   * @default 4 in node, 1 in a browser
   */
  maxInFlight?: number | undefined;
  /**
   * The longest time that a metric waits for a batch, in milliseconds.
   *
   * @default 5000
   */
  flushInterval?: number | undefined;
  /**
   * How long one send may take, in milliseconds, until it is tried again.
   *
   * @default 10 000
   */
  sendTimeout?: number | undefined;
  /**
   * Called for every loss, with its reason and the metric's name.
   *
   * @default none
   */
  onDrop?: ((drop: Drop) => void) | undefined;
  /**
   * Reports losses and their reasons to Sentry.
   *
   * @default true
   */
  sendClientReports?: boolean | undefined;
  /**
   * `true` logs every step on the console.
   *
   * @default false
   */
  debug?: boolean | undefined;
}

/** Options with every default filled in and every bad value replaced. */
export type Settings = Options & {
  readonly [K in Defaulted]-?: NonNullable<Options[K]>;
};

type Defaulted =
  | "enableMetrics"
  | "sendClientReports"
  | "flushInterval"
  | "sendTimeout"
  | "maxMetricBytes"
  | "maxQueueItems"
  | "maxQueueBytes"
  | "maxSeries"
  | "overflow"
  | "maxInFlight";
