/** What a row is about. `container` is a whole item container that was refused, `other` an item type that is only counted. */
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
export type Kind = (typeof KINDS)[number];

/** What Sentry's Relay would do with the item: take it, take it changed, or throw it away. */
export type Verdict = "accepted" | "changed" | "dropped";

/** One remark of the rules about an item: `code` for programs, `message` for people. */
export interface Note {
  code: string;
  message: string;
}

/** A single value. Integers that a double cannot hold are `bigint`. */
export type PrimitiveValue = string | number | bigint | boolean;
export type AttributeValue = PrimitiveValue | readonly PrimitiveValue[];
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** One received item, whatever its kind. One shape, one order, one bound: the store knows nothing else. */
export interface Row {
  kind: Kind;
  verdict: Verdict;
  notes: readonly Note[];
  /** When the explorer received it, nanoseconds since the epoch. */
  receivedNs: bigint;
  /** When it happened by its own account (for spans: when it began), nanoseconds since the epoch. */
  timeNs: bigint;
  durationNs?: bigint | undefined;
  /** The project id of the URL or the DSN. */
  project?: string | undefined;
  /** `name/version` of the SDK that sent it. */
  sdk?: string | undefined;
  traceId?: string | undefined;
  spanId?: string | undefined;
  parentSpanId?: string | undefined;
  /** Metric or span name, log body, error title, client report reason, item type. */
  name: string;
  /** Metric type, client report category. */
  type?: string | undefined;
  /** Metric unit; absent is Sentry's `none`. */
  unit?: string | undefined;
  /** Metric value; for counts of things (reports, containers, other items) how many. */
  value?: number | undefined;
  /** How many calls a sampled metric stands for: 1 / `sentry.client_sample_rate`. */
  weight: number;
  /** Size as Relay measures and bills it, bytes. */
  bytes?: number | undefined;
  op?: string | undefined;
  level?: string | undefined;
  status?: string | undefined;
  attributes: Attributes;
  /** What else is worth keeping: the exception of an error, the raw text of something dropped. */
  detail?: unknown;
}
