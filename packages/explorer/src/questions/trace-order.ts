import { readCursorText, readOrderBy, writeCursorText, type Order } from "./order.js";

const ORDERS = ["time", "duration", "errors", "spans"] as const;

/** The order of traces. Traces with equal keys are in the order of their ids. */
export type TraceOrder = Order<(typeof ORDERS)[number]>;

/** The place after one trace. */
export interface TracePlace {
  /** Nanoseconds since the epoch, nanoseconds, or a count. */
  readonly key: bigint;
  readonly traceId: string;
  /** The newest item that counts. Traces grow, and would move between pages. */
  readonly upToSeq: bigint;
}

/** Reads an order such as `-duration` (the longest first). Throws a usage error that lists the possible ones. */
export const readTraceOrder = (text = "-time"): TraceOrder => readOrderBy(ORDERS, text);

/** Writes the cursor of the traces after a place, in an order. */
export const writeTraceCursor = (order: TraceOrder, place: TracePlace): string =>
  writeCursorText(order, [place.key, place.traceId, place.upToSeq]);

/** Reads a cursor of traces. Throws a usage error for text that is none, or one of another order. */
export function readTraceCursor(text: string, order: TraceOrder): TracePlace {
  const forms = [/^-?\d{1,19}$/, /^[0-9a-f]{32}$/, /^\d{1,18}$/];
  const [key = "", traceId = "", upToSeq = ""] = readCursorText(text, order, forms);
  return { key: BigInt(key), traceId, upToSeq: BigInt(upToSeq) };
}
