import { attributeText, type Conditions } from "../store/duckdb/ask/conditions.js";
import { usageError } from "./query-error.js";

/** A filter on an attribute: its value as text, in which `*` stands for any run of characters. */
export interface Filter {
  key: string;
  value: string;
}

const HELP =
  'give key=value, in which * stands for anything; \\ before = > < ~ * takes it literally (for example "route=/cart*")';

/** What other filter languages compare with: never taken as part of a name or a value by accident. */
const OPERATORS = /(?<!\\)(?:!=|!~|<>|>=|<=|==|=~|=>|=<|>|<|~)/;

/** Reads `key=value`. Throws a usage error for every other operator, which would otherwise look for a strange name. */
export function readFilter(text: string): Filter {
  const split = text.search(/(?<!\\)=/);
  const [operator] = OPERATORS.exec(text.slice(0, split === -1 ? undefined : split + 2)) ?? [];
  if (operator !== undefined)
    throw usageError(`where is "${text}"; the operator ${operator} is not possible, ${HELP}`);
  const key = text.slice(0, Math.max(0, split)).trim();
  if (key === "" || /(?<!\\)\*/.test(key)) throw usageError(`where is "${text}"; ${HELP}`);
  const value = text.slice(split + 1);
  // Spaces on both sides belong to the notation, one behind the sign alone to the value.
  return { key: unescape(key), value: text[split - 1] === " " ? value.trimStart() : value };
}

/** Adds `key=value` filters; all of them must hold. */
export function addWhere(conditions: Conditions, where: readonly string[] = []): void {
  for (const { key, value } of where.map(readFilter)) {
    const text = attributeText(conditions, key);
    const parts = value.split(/(?<!\\)\*/).map(unescape);
    if (parts.length === 1) conditions.add(`${text} = ${conditions.parameter(parts[0] ?? "")}`);
    else
      conditions.add(`regexp_full_match(${text}, ${conditions.parameter(patternOf(parts))}, 's')`);
  }
}

const unescape = (text: string): string => text.replaceAll(/\\([=><~*])/g, "$1");

const patternOf = (parts: readonly string[]): string =>
  parts.map((part) => part.replaceAll(/[\\^$.|?*+()[\]{}]/g, "\\$&")).join(".*");
