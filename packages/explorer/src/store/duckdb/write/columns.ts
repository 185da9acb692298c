import type { DuckDBAppender } from "@duckdb/node-api";
import { jsonText } from "./json-text.js";
import type { ReceivedItem, StoredItem } from "../../../model/received-item.js";

interface Column {
  name: keyof ReceivedItem;
  sql: string;
  write(appender: DuckDBAppender, item: ReceivedItem): void;
}

type TextKey = "project" | "sdk" | "traceId" | "spanId" | "parentSpanId" | "name" | "type" | "unit";
type MoreTextKey = "op" | "level" | "status" | "kind" | "verdict";

const text = (name: TextKey | MoreTextKey): Column => ({
  name,
  sql: "VARCHAR",
  write(appender, item) {
    const value = item[name];
    if (value === undefined) appender.appendNull();
    else appender.appendVarchar(value);
  },
});

const nanos = (name: "receivedNs" | "timeNs" | "durationNs"): Column => ({
  name,
  sql: "BIGINT",
  write(appender, item) {
    const value = item[name];
    if (value === undefined) appender.appendNull();
    else appender.appendBigInt(value);
  },
});

const number = (name: "value" | "weight" | "bytes"): Column => ({
  name,
  sql: "DOUBLE",
  write(appender, item) {
    const value = item[name];
    if (value === undefined) appender.appendNull();
    else appender.appendDouble(value);
  },
});

const json = (name: "notes" | "attributes" | "detail"): Column => ({
  name,
  sql: "JSON",
  write(appender, item) {
    const value = item[name];
    if (value === undefined) appender.appendNull();
    else appender.appendVarchar(jsonText(value));
  },
});

/** The columns after `seq`, in the order of the table. They have the names of the fields of `ReceivedItem`. */
export const COLUMNS: readonly Column[] = [
  text("kind"),
  text("verdict"),
  json("notes"),
  nanos("receivedNs"),
  nanos("timeNs"),
  nanos("durationNs"),
  text("project"),
  text("sdk"),
  text("traceId"),
  text("spanId"),
  text("parentSpanId"),
  text("name"),
  text("type"),
  text("unit"),
  number("value"),
  number("weight"),
  number("bytes"),
  text("op"),
  text("level"),
  text("status"),
  json("attributes"),
  json("detail"),
];

/** Appends one item as a row. */
export function appendItem(appender: DuckDBAppender, item: StoredItem): void {
  appender.appendBigInt(item.seq);
  for (const column of COLUMNS) column.write(appender, item);
  appender.endRow();
}
