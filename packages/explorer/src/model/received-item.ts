/** The kinds of item. `container`: an item container that was refused as a whole; `other`: an item type that is only counted. */
export const KINDS = [
  "metric",
  "span",
  "transaction",
  "error",
  "log",
  "report",
  "container",
  "other",
] as const;

/** Kind of an item. */
export type Kind = (typeof KINDS)[number];

/** The verdicts that Sentry's Relay can reach about an item. */
export const VERDICTS = ["accepted", "changed", "dropped"] as const;

/** The decision of Sentry's Relay about an item: accepted as it is, accepted with changes, or dropped. */
export type Verdict = (typeof VERDICTS)[number];

/** One remark about an item: `code` for programs, `message` for people. */
export interface Note {
  /** Stable name of the remark, for example `invalid_value`. */
  code: string;
  /** The remark as a sentence. */
  message: string;
  /** The part of the item that it is about, for example `unit`; absent when it is about the whole item. */
  field?: string;
  /** The part as it was sent, shortened when it is long; absent when it was missing. */
  before?: string;
  /** The part as Sentry stores it; absent when Sentry does not store it. */
  after?: string;
}

/** A single attribute value. Integers that a double cannot hold are `bigint`. */
export type PrimitiveValue = string | number | bigint | boolean;

/** An attribute value: a single value, or a list of values of one type. */
export type AttributeValue = PrimitiveValue | readonly PrimitiveValue[];

/** The attributes of an item. */
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** One received item of any kind, as it is ingested and stored. */
export interface ReceivedItem {
  kind: Kind;
  verdict: Verdict;
  notes: readonly Note[];
  /** Time at which the explorer received it, in nanoseconds since the epoch. */
  receivedNs: bigint;
  /** Time at which it happened (for spans: at which it began), in nanoseconds since the epoch. */
  timeNs: bigint;
  /** Duration of a span, in nanoseconds. */
  durationNs?: bigint | undefined;
  /** Project id from the URL or the DSN. */
  project?: string | undefined;
  /** `name/version` of the SDK that sent it. */
  sdk?: string | undefined;
  traceId?: string | undefined;
  spanId?: string | undefined;
  parentSpanId?: string | undefined;
  /** Metric or span name, log body, error title, reason of a client report, or item type. */
  name: string;
  /** Metric type, or category of a client report. */
  type?: string | undefined;
  /** Metric unit; absent when Sentry stores `none`. */
  unit?: string | undefined;
  /** Metric value; for reports, containers and other items the number of things. */
  value?: number | undefined;
  /** Number of calls that a sampled metric stands for: 1 / `sentry.client_sample_rate`. */
  weight: number;
  /** Size as Relay measures and bills it, in bytes. */
  bytes?: number | undefined;
  op?: string | undefined;
  level?: string | undefined;
  status?: string | undefined;
  attributes: Attributes;
  /** Further data: the exception of an error, the raw text of a dropped metric. */
  detail?: unknown;
}

/** A received item in a store. */
export interface StoredItem extends ReceivedItem {
  /** Its place in the order of arrival. No two items of a store have the same, also after a restart. */
  seq: bigint;
}
