import type { SqlValue } from "../../store.js";
import type { TimeRange } from "../../../questions/time-range.js";

/**
 * Collects the conditions of a statement. Values become parameters always; what is written into the SQL text
 * comes from this package alone.
 */
export interface Conditions {
  /** Registers a value and returns its placeholder. */
  parameter: (value: SqlValue) => string;
  add: (condition: string) => void;
  /** `WHERE ...`, or nothing. */
  sql: () => string;
  readonly values: readonly SqlValue[];
}

export function createConditions(...initial: string[]): Conditions {
  const conditions = [...initial];
  const values: SqlValue[] = [];
  return {
    parameter: (value) => `$${values.push(value)}`,
    add: (condition) => void conditions.push(condition),
    sql: () => (conditions.length > 0 ? `WHERE ${conditions.join(" AND ")}` : ""),
    values,
  };
}

export function addTimeRange(conditions: Conditions, range: TimeRange): void {
  conditions.add(`timeNs >= ${conditions.parameter(range.sinceNs)}`);
  if (!range.open) conditions.add(`timeNs < ${conditions.parameter(range.untilNs)}`);
}

/** An attribute as text: numbers and booleans as JSON writes them. */
export function attributeText(conditions: Conditions, key: string): string {
  return `json_extract_string(attributes, ${conditions.parameter(jsonPointer(key))})`;
}

/** A JSON pointer, because it can name any key; DuckDB's `$.key` paths cannot (RFC 6901). */
const jsonPointer = (key: string): string => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
