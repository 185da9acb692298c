import { QueryError } from "../query-error.js";
import { ITEM_FIELDS, type Field, type Filter } from "./filter.js";
import {
  foreignOperatorAt,
  OPERATORS,
  readTokens,
  type Operator,
  type Token,
} from "./filter-tokens.js";

/** Filters nest no deeper: the rest of an endless row of brackets is refused. */
const MAX_DEPTH = 50;

const HELP = `conditions are key=value, with ${OPERATORS.join(" ")}, has:key and !has:key, joined by and, or, not and brackets`;

/**
 * Reads the text of a filter, such as `plan=pro and (route=/cart* or @value>=100) and !has:error`.
 * Throws a usage error that points at the character.
 */
export function readFilter(text: string): Filter {
  const tokens = readTokens(text);
  let next = 0;
  let depth = 0;

  const peek = (): Token => tokens[next] as Token;
  const isKeyword = (word: string): boolean => {
    const token = peek();
    return (
      token.kind === "word" &&
      !token.isQuoted &&
      token.parts.length === 1 &&
      token.parts[0]?.toLowerCase() === word
    );
  };

  function take(): Token {
    return tokens[next++] as Token;
  }

  function fail(token: Token, problem: string): never {
    const foreign = foreignOperatorAt(text, token.at);
    const what = foreign ? `the operator ${foreign} is not possible` : problem;
    const shown = token.kind === "end" ? "at its end" : `at character ${token.at + 1}`;
    throw new QueryError("usage", `where is "${text}": ${shown} ${what}; ${HELP}`, token.at);
  }

  /** Joins conditions between the same keywords. */
  function readList(kind: "and" | "or", readOne: () => Filter): Filter {
    const filters = [readOne()];
    while (isKeyword(kind)) {
      take();
      filters.push(readOne());
    }
    return filters.length === 1 ? (filters[0] as Filter) : { kind, filters };
  }

  const readOr = (): Filter => readList("or", () => readList("and", readUnary));

  function readUnary(): Filter {
    if (++depth > MAX_DEPTH) fail(peek(), "brackets are too deep");
    const filter = readNested();
    depth--;
    return filter;
  }

  function readNested(): Filter {
    const token = peek();
    if (isKeyword("not") && tokens[next + 1]?.kind !== "operator") {
      take();
      return { kind: "not", filter: readUnary() };
    }
    if (token.kind !== "(") return readCondition();
    take();
    const filter = readOr();
    const end = take();
    return end.kind === ")" ? filter : fail(end, "a closing bracket is missing");
  }

  function readCondition(): Filter {
    const first = take();
    if (first.kind === "has") {
      const has: Filter = { kind: "has", field: readField(take()) };
      return first.isNot ? { kind: "not", filter: has } : has;
    }
    const field = readField(first);
    const token = take();
    if (token.kind !== "operator" || foreignOperatorAt(text, token.at) !== undefined)
      return fail(token, `an operator is missing after the key`);
    return readValue(field, token.operator, token);
  }

  function readField(token: Token): Field {
    if (token.kind === "open quote") return fail(token, "a quote is not closed");
    if (token.kind !== "word") return fail(token, "a key is missing");
    const [key = ""] = token.parts;
    if (token.parts.length > 1) return fail(token, "a key has no wildcards (\\* is the character)");
    if (token.isQuoted || !key.startsWith("@") || text[token.at] === "\\")
      return key === "" ? fail(token, "the key is empty") : { of: "attribute", key };
    const field = ITEM_FIELDS.find((each) => each === key.slice(1));
    if (field !== undefined) return { of: "item", key: field };
    return fail(
      token,
      `${key} is not a field of items (${ITEM_FIELDS.map((each) => `@${each}`).join(", ")}); quote the key of an attribute that begins with @`,
    );
  }

  function readValue(field: Field, operator: Operator, operatorToken: Token): Filter {
    const isEmpty = isNothing(peek(), operatorToken);
    // `key=` asks for an empty text.
    if (isEmpty && (operator === "=" || operator === "!="))
      return negated(operator === "!=", { kind: "equals", field, parts: [""] });
    const token = take();
    if (token.kind === "open quote") return fail(token, "a quote is not closed");
    if (token.kind !== "word") return fail(token, "a value is missing");
    if (operator === "=" || operator === "!=")
      return negated(operator === "!=", { kind: "equals", field, parts: token.parts });
    const value = token.parts.join("*");
    if (operator === "~") return { kind: "matches", field, pattern: readPattern(value, token) };
    return { kind: "compares", field, comparison: operator, number: readNumber(value, token) };
  }

  /** After `key=` and a space comes a value, but for a keyword; after `key =` always. */
  function isNothing(token: Token, operatorToken: Token): boolean {
    if (token.kind === "end" || token.kind === ")") return true;
    const isSpacedBefore = /\s/.test(text[operatorToken.at - 1] ?? "");
    return (
      !isSpacedBefore &&
      (isKeyword("and") || isKeyword("or")) &&
      /\s/.test(text[token.at - 1] ?? "")
    );
  }

  function readPattern(pattern: string, token: Token): string {
    // RE2 has no look-around, no back references, and repeats at most 1000 times.
    if (/\(\?<?[=!]|\\[1-9]|\{\d*,?\d{4,}\}/.test(pattern))
      return fail(token, "look-around, back references and long repetitions are not possible");
    try {
      new RegExp(pattern.replace(/^\(\?[ims]+\)/, ""), "u");
      return pattern;
    } catch {
      return fail(token, "the regular expression is not valid");
    }
  }

  function readNumber(value: string, token: Token): number {
    const number = Number(value);
    if (value.trim() !== "" && Number.isFinite(number)) return number;
    return fail(token, "a number is expected");
  }

  const filter = readOr();
  const rest = take();
  if (rest.kind === "end") return filter;
  return fail(
    rest,
    rest.kind === ")"
      ? "a bracket closes that was not opened"
      : '"and" or "or" is missing; put quotes around a value with spaces',
  );
}

const negated = (isNot: boolean, filter: Filter): Filter =>
  isNot ? { kind: "not", filter } : filter;
