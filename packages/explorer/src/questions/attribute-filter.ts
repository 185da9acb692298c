import { usageError } from "./query-error.js";

/** A filter on an attribute, whose value is compared as text. */
export interface AttributeFilter {
  /** Key of the attribute. */
  key: string;
  /** The literal texts around the wildcards: a single text must be the whole value. */
  parts: readonly string[];
}

const HELP =
  'give key=value, in which * stands for anything; \\ before = > < ~ * takes it literally (for example "route=/cart*")';

/** Operators of other filter languages. They are refused: otherwise they would become part of a key or a value. */
const OPERATORS = /(?<!\\)(?:!=|!~|<>|>=|<=|==|=~|=>|=<|>|<|~)/;

/** Reads a filter of the form `key=value`. Throws a usage error for anything else, other operators included. */
export function readAttributeFilter(text: string): AttributeFilter {
  const split = text.search(/(?<!\\)=/);
  const [operator] = OPERATORS.exec(text.slice(0, split === -1 ? undefined : split + 2)) ?? [];
  if (operator !== undefined)
    throw usageError(`where is "${text}"; the operator ${operator} is not possible, ${HELP}`);
  const key = text.slice(0, Math.max(0, split)).trim();
  if (key === "" || /(?<!\\)\*/.test(key)) throw usageError(`where is "${text}"; ${HELP}`);
  const afterSign = text.slice(split + 1);
  // Spaces on both sides of the sign are not part of the value; a space only after the sign is.
  const value = text[split - 1] === " " ? afterSign.trimStart() : afterSign;
  return { key: unescape(key), parts: value.split(/(?<!\\)\*/).map(unescape) };
}

const unescape = (text: string): string => text.replaceAll(/\\([=><~*])/g, "$1");
