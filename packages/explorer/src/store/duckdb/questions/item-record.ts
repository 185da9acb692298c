import { parseJson } from "../../../model/json.js";
import type { StoredItem } from "../../../model/received-item.js";
import type { SqlRecord } from "./select.js";

/** Converts a record of `SELECT * FROM items`, whose JSON columns are text, to the stored item. */
export function storedItemOf(record: SqlRecord): StoredItem {
  const { notes, attributes, detail, ...columns } = record;
  const present = Object.entries(columns).filter(([, value]) => value !== null);
  return {
    ...Object.fromEntries(present),
    notes: fromJson(notes),
    attributes: fromJson(attributes),
    ...(detail === null ? {} : { detail: fromJson(detail) }),
  } as unknown as StoredItem;
}

const fromJson = (text: unknown): unknown =>
  typeof text === "string" ? parseJson(text) : undefined;
