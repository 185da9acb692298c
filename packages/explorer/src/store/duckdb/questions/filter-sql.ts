import type { Field, Filter, ItemField } from "../../../questions/filter/filter.js";
import { attributeText, type Conditions } from "./conditions.js";

/** The column of each field of an item. A duration is in milliseconds. */
const COLUMNS: Readonly<Record<ItemField, string>> = {
  bytes: "bytes",
  duration: "durationNs / 1e6",
  level: "level",
  name: "name",
  op: "op",
  project: "project",
  sdk: "sdk",
  span: "spanId",
  status: "status",
  trace: "traceId",
  type: "type",
  unit: "coalesce(unit, 'none')",
  value: "value",
  verdict: "verdict",
};

const NUMBERS: readonly ItemField[] = ["bytes", "duration", "value"];

const isNumber = (field: Field): field is Extract<Field, { of: "item" }> =>
  field.of === "item" && NUMBERS.includes(field.key);

/** Adds the conditions of filters; an item must match all of them. */
export function addFilters(conditions: Conditions, filters: readonly Filter[]): void {
  for (const filter of filters) conditions.add(filterSql(conditions, filter));
}

/** Returns the SQL of a filter, which is true or false for every item, never null. */
function filterSql(conditions: Conditions, filter: Filter): string {
  switch (filter.kind) {
    case "and":
    case "or": {
      const all = filter.filters.map((each) => filterSql(conditions, each));
      return `(${all.join(` ${filter.kind.toUpperCase()} `)})`;
    }
    case "not":
      return `(NOT ${filterSql(conditions, filter.filter)})`;
    case "has":
      return `(${textOf(conditions, filter.field)} IS NOT NULL)`;
    case "equals":
      return equalsSql(conditions, filter.field, filter.parts);
    case "matches": {
      const pattern = conditions.parameter(filter.pattern);
      return `coalesce(regexp_matches(${textOf(conditions, filter.field)}, ${pattern}), false)`;
    }
    case "compares": {
      const field = numberOf(conditions, filter.field);
      const number = conditions.parameter(filter.number);
      // Text may be "NaN", which DuckDB takes for the greatest number.
      return `coalesce(isfinite(${field}) AND ${field} ${filter.comparison} ${number}, false)`;
    }
  }
}

function equalsSql(conditions: Conditions, field: Field, parts: readonly string[]): string {
  const number = Number(parts.join("*"));
  // 2 and 2.0 are the same value.
  if (isNumber(field) && parts.join() !== "" && Number.isFinite(number))
    return `coalesce(${numberOf(conditions, field)} = ${conditions.parameter(number)}, false)`;
  const text = textOf(conditions, field);
  if (parts.length === 1)
    return `coalesce(${text} = ${conditions.parameter(parts[0] ?? "")}, false)`;
  return `coalesce(regexp_full_match(${text}, ${conditions.parameter(patternOf(parts))}, 's'), false)`;
}

function textOf(conditions: Conditions, field: Field): string {
  if (field.of === "attribute") return attributeText(conditions, field.key);
  const column = COLUMNS[field.key];
  return isNumber(field) ? `to_json(${column})::VARCHAR` : column;
}

/** Text that is a number counts as one: some senders have only text. */
function numberOf(conditions: Conditions, field: Field): string {
  if (isNumber(field)) return COLUMNS[field.key];
  return `try_cast(${textOf(conditions, field)} AS DOUBLE)`;
}

const patternOf = (parts: readonly string[]): string =>
  parts.map((part) => part.replaceAll(/[\\^$.|?*+()[\]{}]/g, "\\$&")).join(".*");
