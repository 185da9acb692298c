import { isoTime } from "./iso-time.js";
import type { Attributes, Kind, Note, StoredItem, Verdict } from "./received-item.js";

/** A received item as the API returns it. Fields that an item does not have are absent. */
export interface Item {
  /** Its number in the order of arrival, as text: the same in every answer and in the stream. */
  id: string;
  /** Kind of the item. */
  kind: Kind;
  /** Decision of Sentry's Relay about the item. */
  verdict: Verdict;
  /** Remarks about the item; empty when it was accepted as it is. */
  notes: readonly Note[];
  /** Time at which it happened, RFC 3339 with nanoseconds. */
  time: string;
  /** Time at which it happened, in seconds since the epoch. */
  timestamp: number;
  /** Time at which the explorer received it, RFC 3339 with nanoseconds. */
  receivedAt: string;
  /** Duration of a span, in milliseconds. */
  durationMs?: number;
  /** Project id from the URL or the DSN. */
  project?: string;
  /** `name/version` of the SDK that sent it. */
  sdk?: string;
  traceId?: string;
  spanId?: string;
  parentSpanId?: string;
  /** Metric or span name, log body, error title, reason of a client report, or item type. */
  name: string;
  /** Metric type, or category of a client report. */
  type?: string;
  /** Metric unit; absent when Sentry stores `none`. */
  unit?: string;
  /** Metric value; for reports, containers and other items the number of things. */
  value?: number;
  /** Number of calls that a sampled metric stands for. */
  weight: number;
  /** Size as Relay measures and bills it, in bytes. */
  bytes?: number;
  op?: string;
  level?: string;
  status?: string;
  /** Attributes of the item. */
  attributes: Attributes;
  /** Further data: the exception of an error, the raw text of a dropped metric. */
  detail?: unknown;
}

/** Converts a stored item to the form that the API returns. */
export function itemOf(stored: StoredItem): Item {
  const { seq, receivedNs, timeNs, durationNs, ...rest } = stored;
  return {
    id: String(seq),
    ...(withoutAbsent(rest) as Omit<Item, "id" | "time" | "timestamp" | "receivedAt">),
    time: isoTime(timeNs),
    timestamp: Number(timeNs) / 1e9,
    receivedAt: isoTime(receivedNs),
    ...(durationNs == null ? {} : { durationMs: Number(durationNs) / 1e6 }),
  };
}

const withoutAbsent = (object: object): object =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value != null));
