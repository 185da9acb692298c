import type { DuckDBAppender } from "@duckdb/node-api";
import { jsonText } from "./json-text.js";
import type { Row } from "../../../model/received-item.js";

interface Column {
  name: "seq" | keyof Row;
  sql: string;
  write(appender: DuckDBAppender, row: Row): void;
}

type TextKey = "project" | "sdk" | "traceId" | "spanId" | "parentSpanId" | "name" | "type" | "unit";
type MoreTextKey = "op" | "level" | "status" | "kind" | "verdict";

const text = (name: TextKey | MoreTextKey): Column => ({
  name,
  sql: "VARCHAR",
  write(appender, row) {
    const value = row[name];
    if (value === undefined) appender.appendNull();
    else appender.appendVarchar(value);
  },
});

const nanos = (name: "receivedNs" | "timeNs" | "durationNs"): Column => ({
  name,
  sql: "BIGINT",
  write(appender, row) {
    const value = row[name];
    if (value === undefined) appender.appendNull();
    else appender.appendBigInt(value);
  },
});

const number = (name: "value" | "weight" | "bytes"): Column => ({
  name,
  sql: "DOUBLE",
  write(appender, row) {
    const value = row[name];
    if (value === undefined) appender.appendNull();
    else appender.appendDouble(value);
  },
});

const json = (name: "notes" | "attributes" | "detail"): Column => ({
  name,
  sql: "JSON",
  write(appender, row) {
    const value = row[name];
    if (value === undefined) appender.appendNull();
    else appender.appendVarchar(jsonText(value));
  },
});

/** The columns after `seq`, in the table's order. Spelt as in `Row`, so that a record read back needs no renaming. */
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

export function appendRow(appender: DuckDBAppender, seq: bigint, row: Row): void {
  appender.appendBigInt(seq);
  for (const column of COLUMNS) column.write(appender, row);
  appender.endRow();
}
