import { readCursorText, readOrderBy, writeCursorText, type Order } from "./order.js";

const ORDERS = ["time", "value", "spans", "errors", "logs"] as const;

/** The order of samples. Samples with equal keys are in the order of arrival. */
export type SampleOrder = Order<(typeof ORDERS)[number]>;

/** The place after one sample. */
export interface SamplePlace {
  /** Nanoseconds since the epoch for an order by time, else a value or a count. */
  readonly key: bigint | number;
  readonly seq: bigint;
  /**
   * The newest item that counts. Counts of traces grow, and would move samples between pages; `undefined` for an order
   * by a key that never changes.
   */
  readonly upToSeq: bigint | undefined;
}

/** Reads an order such as `-time` (the newest first) or `value`. Throws a usage error that lists the possible ones. */
export const readOrder = (text = "-time"): SampleOrder => readOrderBy(ORDERS, text);

/** Returns whether samples are in the order of a count of their trace. */
export const isOrderByCount = ({ by }: SampleOrder): boolean => by !== "time" && by !== "value";

/** Writes the cursor of the samples after a place, in an order. */
export const writeCursor = (order: SampleOrder, { key, seq, upToSeq }: SamplePlace): string =>
  writeCursorText(order, [key, seq, ...(upToSeq === undefined ? [] : [upToSeq])]);

const WHOLE = /^\d{1,18}$/;
const SIGNED = /^-?\d{1,19}$/;
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/;

/** Reads a cursor. Throws a usage error for text that is none, or one of another order. */
export function readCursor(text: string, order: SampleOrder): SamplePlace {
  const form = order.by === "value" ? NUMBER : SIGNED;
  const more = isOrderByCount(order) ? [WHOLE] : [];
  const [key = "", seq = "", upToSeq] = readCursorText(text, order, [form, WHOLE, ...more]);
  return {
    key: order.by === "value" ? Number(key) : BigInt(key),
    seq: BigInt(seq),
    upToSeq: upToSeq === undefined ? undefined : BigInt(upToSeq),
  };
}
