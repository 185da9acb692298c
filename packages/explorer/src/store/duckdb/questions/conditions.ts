import type { TimeRange } from "../../../questions/time-range.js";
import type { SqlValue } from "./select.js";

/** The condition of metrics that Sentry would accept, as they are or changed. */
export const ACCEPTED_METRIC = "kind = 'metric' AND verdict <> 'dropped'";

/** Collects the conditions of a statement. Values always become parameters; the SQL text contains only constants of this package. */
export interface Conditions {
  /** Adds a value to the parameters and returns its placeholder. */
  parameter: (value: SqlValue) => string;
  /** Adds a condition, which all records must meet. */
  add: (condition: string) => void;
  /** Returns `WHERE ...`; an empty text when there are no conditions. */
  sql: () => string;
  /** The values of the parameters, in order. */
  readonly values: readonly SqlValue[];
}

/** Creates a collection of conditions. */
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

/** Adds the condition of a time range. */
export function addTimeRange(conditions: Conditions, range: TimeRange): void {
  conditions.add(`timeNs >= ${conditions.parameter(range.sinceNs)}`);
  if (!range.isOpen) conditions.add(`timeNs < ${conditions.parameter(range.untilNs)}`);
}

/** Returns the SQL of an attribute as text: numbers and booleans as JSON writes them. */
export function attributeText(conditions: Conditions, key: string): string {
  return `json_extract_string(attributes, ${conditions.parameter(jsonPointer(key))})`;
}

/** A JSON pointer (RFC 6901), because it can name every key; DuckDB's `$.key` paths cannot. */
const jsonPointer = (key: string): string => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
