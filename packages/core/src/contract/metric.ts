/** The three kinds of metric that Sentry stores. */
export type MetricType = "counter" | "gauge" | "distribution";

/** The value of an attribute. Arrays contain one kind of value. */
export type AttributeValue =
  | string
  | number
  | boolean
  | readonly string[]
  | readonly number[]
  | readonly boolean[];

/**
 * Attributes of a metric, as an application gives them; values of any type, as in Sentry's SDKs. Other values
 * than {@link AttributeValue} are converted: an object becomes JSON text and a bigint becomes text.
 * Functions and symbols are left out. `undefined` and `null` are left out of a call, and remove an
 * attribute in `setAttributes` and `withAttributes`.
 */
export type Attributes = Readonly<Record<string, unknown>>;

/** Attributes that were copied and hold only what can be sent. Never changed once made. */
export type AttributeMap = Readonly<Record<string, AttributeValue>>;

/** Where a metric belongs: 32 hex digits, and the 16 of the span when one was active. */
export interface Trace {
  readonly traceId: string;
  readonly spanId?: string | undefined;
}

/** The ids that a trace source or a scope returned, not checked yet. */
export interface TraceIds {
  readonly traceId: string | undefined;
  readonly spanId?: string | undefined;
}

/** Returns the trace that is active right now, or `undefined` when it knows none. */
export type TraceSource = () => Trace | undefined;

/** The units Sentry knows. Any other text is accepted, and stored by Sentry as `none`. */
export type KnownUnit =
  | "nanosecond"
  | "microsecond"
  | "millisecond"
  | "second"
  | "minute"
  | "hour"
  | "day"
  | "week"
  | "bit"
  | "byte"
  | "kilobyte"
  | "kibibyte"
  | "megabyte"
  | "mebibyte"
  | "gigabyte"
  | "gibibyte"
  | "terabyte"
  | "tebibyte"
  | "petabyte"
  | "pebibyte"
  | "exabyte"
  | "exbibyte"
  | "ratio"
  | "percent";

/** A unit: the editor completes the known ones. `string & {}` keeps them from being swallowed. */
export type Unit = KnownUnit | (string & {});

/** How the types of Sentry's SDKs say "any other text"; a variable of their type fits. */
type SentryUnit = Omit<KnownUnit, KnownUnit>;

/**
 * The parts of a Sentry `Scope` that Spanmeter reads. Any scope of `@sentry/*` 8 to 11 fits; the
 * span is found on it as docs/protocol.md#sentry-carrier describes.
 */
export interface ScopeLike {
  getPropagationContext?(): { traceId?: string };
  getScopeData?(): object;
}

/** Options of one call. */
export interface MetricOptions {
  /**
   * The unit of the value, e.g. `"millisecond"`. Sentry keeps the units of {@link KnownUnit}.
   *
   * @default none
   */
  unit?: Unit | SentryUnit | undefined;
  /**
   * Attributes of this metric alone. They are copied at the call: later changes of the object have no effect.
   *
   * @default {}
   */
  attributes?: Attributes | undefined;
  /**
   * When it happened: a `Date`, or seconds since the epoch.
   *
   * @default now
   */
  timestamp?: Date | number | undefined;
  /**
   * The trace it belongs to, instead of the one that is active.
   *
   * @default the active trace
   */
  trace?: Trace | undefined;
  /**
   * A Sentry scope whose span, propagation context and attributes are used.
   *
   * @default the current scope
   */
  scope?: ScopeLike | undefined;
  /**
   * The share of calls to keep, above 0 and at most 1. Kept metrics carry it, so that Sentry's sums,
   * counts and percentiles stay right. All calls of one trace are kept or left together.
   *
   * @default 1
   */
  sampleRate?: number | undefined;
}

/** A metric as `beforeSendMetric` gets it: everything that will be sent. */
export interface Metric {
  type: MetricType;
  name: string;
  value: number;
  unit?: Unit;
  /** Seconds since the epoch. */
  timestamp: number;
  trace: Trace;
  /** Every attribute, defaults and scope attributes included. */
  attributes: Record<string, AttributeValue>;
}

/**
 * A metric as `beforeSendMetric` returns it. Time and trace that it leaves out stay as they were;
 * attributes that it leaves out are removed.
 */
export interface ChangedMetric {
  type: MetricType;
  name: string;
  value: number;
  unit?: Unit | SentryUnit | undefined;
  /** A `Date`, or seconds since the epoch. */
  timestamp?: Date | number | undefined;
  trace?: Trace | undefined;
  attributes?: Attributes | undefined;
}

/** What all calls of a handle have in common. */
export interface InstrumentOptions {
  /**
   * The unit of the values, e.g. `"millisecond"`.
   *
   * @default none
   */
  readonly unit?: MetricOptions["unit"];
  /**
   * Attributes of each call.
   *
   * @default {}
   */
  readonly attributes?: Attributes | undefined;
}

/** Options of one call of a handle. Its attributes are above those of the handle. */
export type BoundOptions = Omit<MetricOptions, "unit">;

/** A counter with a name and attributes that were found once: the fastest way to count. */
export interface Counter {
  /** Adds `value` (default 1). */
  add(value?: number, options?: BoundOptions): void;
  /** Makes a handle with more attributes. */
  with(attributes: Attributes): Counter;
}

/** A gauge with a name and attributes that were found once. */
export interface Gauge {
  /** Records the current value. */
  set(value: number, options?: BoundOptions): void;
  /** Makes a handle with more attributes. */
  with(attributes: Attributes): Gauge;
}

/** A distribution with a name and attributes that were found once. */
export interface Distribution {
  /** Records a value for percentiles. */
  record(value: number, options?: BoundOptions): void;
  /** Makes a handle with more attributes. */
  with(attributes: Attributes): Distribution;
}

/** The verbs, which have the call shapes of `Sentry.metrics`, and handles. */
export interface Metrics {
  /** Adds `value` (default 1) to a counter. */
  count(name: string, value?: number, options?: MetricOptions): void;
  /** Records the current value, such as a queue's depth. */
  gauge(name: string, value: number, options?: MetricOptions): void;
  /** Records a value for percentiles, such as a duration. */
  distribution(name: string, value: number, options?: MetricOptions): void;
  /**
   * Makes a handle for one counter. It works before `init()`, and records with the current client.
   *
   * @example
   * const checkouts = metrics.createCounter("checkout", { attributes: { shop: "eu" } });
   * checkouts.add(1);
   */
  createCounter(name: string, options?: InstrumentOptions): Counter;
  /** Makes a handle for one gauge, like `createCounter`. */
  createGauge(name: string, options?: InstrumentOptions): Gauge;
  /** Makes a handle for one distribution, like `createCounter`. */
  createDistribution(name: string, options?: InstrumentOptions): Distribution;
}
