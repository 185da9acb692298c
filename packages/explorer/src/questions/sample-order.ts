import { usageError } from "./query-error.js";

const ORDERS = ["time", "value"] as const;

/** The order of samples: by time, or by value. Samples with equal ones are in the order of arrival. */
export interface SampleOrder {
  readonly by: (typeof ORDERS)[number];
  readonly isDescending: boolean;
}

/** The place after one sample: nanoseconds since the epoch for an order by time, else its value; and its `seq`. */
export interface SamplePlace {
  readonly key: bigint | number;
  readonly seq: bigint;
}

/** Reads an order such as `-time` (the newest first) or `value`. Throws a usage error that lists the possible ones. */
export function readOrder(text = "-time"): SampleOrder {
  const isDescending = text.startsWith("-");
  const by = ORDERS.find((each) => each === text.slice(isDescending ? 1 : 0));
  if (by !== undefined) return { by, isDescending };
  throw usageError(
    `sort is "${text}"; valid are ${ORDERS.flatMap((each) => [each, `-${each}`]).join(", ")}`,
  );
}

/** Writes the cursor of the samples after a place, in an order. */
export const writeCursor = (order: SampleOrder, { key, seq }: SamplePlace): string =>
  Buffer.from(`${nameOf(order)} ${key} ${seq}`).toString("base64url");

/** Reads a cursor. Throws a usage error for text that is none, or one of another order. */
export function readCursor(text: string, order: SampleOrder): SamplePlace {
  const [sort, key = "", seq = ""] = Buffer.from(text, "base64url").toString().split(" ");
  if (!/^\d+$/.test(seq) || !isKey(key))
    throw usageError(`cursor is "${text}"; give the "next" of an answer`);
  if (sort !== nameOf(order))
    throw usageError(
      `this cursor is of the order ${sort}; ask for the same order, or leave it out`,
    );
  return { key: order.by === "time" ? BigInt(key) : Number(key), seq: BigInt(seq) };
}

const isKey = (text: string): boolean => text !== "" && Number.isFinite(Number(text));

const nameOf = ({ by, isDescending }: SampleOrder): string => `${isDescending ? "-" : ""}${by}`;
