import { parseJson } from "./json.js";
import type { Attributes, Kind, Note, Row, Verdict } from "./received-item.js";
import type { SqlRecord } from "../store/store.js";
import { isoTime } from "./iso-time.js";

/** A received item as people and programs see it; what an item does not have is absent. */
export interface Item {
  kind: Kind;
  verdict: Verdict;
  notes: readonly Note[];
  /** RFC 3339 with nanoseconds. */
  time: string;
  /** The same in seconds since the epoch, as the wire has it. */
  timestamp: number;
  receivedAt: string;
  durationMs?: number;
  project?: string;
  sdk?: string;
  traceId?: string;
  spanId?: string;
  parentSpanId?: string;
  name: string;
  type?: string;
  unit?: string;
  value?: number;
  /** How many calls it stands for. */
  weight: number;
  bytes?: number;
  op?: string;
  level?: string;
  status?: string;
  attributes: Attributes;
  detail?: unknown;
}

export function itemOf(row: Row): Item {
  const { receivedNs, timeNs, durationNs, ...rest } = row;
  return {
    ...(withoutNothing(rest) as Omit<Item, "time" | "timestamp" | "receivedAt">),
    time: isoTime(timeNs),
    timestamp: Number(timeNs) / 1e9,
    receivedAt: isoTime(receivedNs),
    ...(durationNs == null ? {} : { durationMs: Number(durationNs) / 1e6 }),
  };
}

/** A record of `SELECT * FROM items`, whose JSON columns come as text. */
export function itemOfRecord(record: SqlRecord): Item {
  const { seq: _seq, notes, attributes, detail, ...rest } = record;
  const row = {
    ...rest,
    notes: fromJson(notes),
    attributes: fromJson(attributes),
    detail: fromJson(detail),
  };
  return itemOf(row as unknown as Row);
}

const fromJson = (text: unknown): unknown =>
  typeof text === "string" ? parseJson(text) : undefined;

const withoutNothing = (object: object): object =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value != null));
