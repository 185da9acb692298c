import { usageError } from "./query-error.js";

/** An order by one of several keys. */
export interface Order<Key extends string = string> {
  readonly by: Key;
  readonly isDescending: boolean;
}

/** Reads an order such as `-time` (the greatest first) or `time`. Throws a usage error that lists the possible ones. */
export function readOrderBy<Key extends string>(keys: readonly Key[], text: string): Order<Key> {
  const isDescending = text.startsWith("-");
  const by = keys.find((each) => each === text.slice(isDescending ? 1 : 0));
  if (by !== undefined) return { by, isDescending };
  throw usageError(
    `sort is "${text}"; valid are ${keys.flatMap((each) => [each, `-${each}`]).join(", ")}`,
  );
}

/** Writes a cursor: the order, and the fields of the place after which the next page begins. */
export const writeCursorText = (
  order: Order,
  fields: readonly (string | number | bigint)[],
): string => Buffer.from([nameOf(order), ...fields].join(" ")).toString("base64url");

/**
 * Reads the fields of a cursor. Throws a usage error for text that is none, or one of another order.
 * @param forms - the form of each field
 */
export function readCursorText(text: string, order: Order, forms: readonly RegExp[]): string[] {
  const [sort, ...fields] = Buffer.from(text, "base64url").toString().split(" ");
  const isCursor = /^-?[a-z][a-z0-9_]*$/.test(sort ?? "") && fields.length > 1;
  if (isCursor && sort !== nameOf(order))
    throw usageError(
      `this cursor is of the order ${sort}; ask for the same order, or leave it out`,
    );
  const isComplete = forms.length === fields.length;
  if (isCursor && isComplete && forms.every((form, index) => form.test(fields[index] ?? "")))
    return fields;
  throw usageError(`cursor is "${text}"; give the "next" of an answer`);
}

const nameOf = ({ by, isDescending }: Order): string => `${isDescending ? "-" : ""}${by}`;
