import { randomUUID } from "node:crypto";

// JSON in which integers of 64 bits stay exact. `JSON.parse` rounds integers beyond 2^53, so that two ids can become one.
// In Node 20 a reviver cannot read the source text (in later versions it can), so such integers are marked in the text first.

/** It is random, so that received text cannot contain a marked integer. */
const MARK = randomUUID();

const LONG_DIGITS = /\d{16}/;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const MIN_INT64 = -(2n ** 63n);
const MAX_UINT64 = 2n ** 64n - 1n;

/**
 * Parses JSON. An integer from -2^63 to 2^64 - 1 that a double cannot hold becomes a `bigint`; larger integers become
 * doubles, as in Relay. Throws a `SyntaxError` for text that is no JSON.
 */
export function parseJson(text: string): unknown {
  if (!LONG_DIGITS.test(text)) return JSON.parse(text);
  const marked = markIntegers(text);
  return marked === text
    ? JSON.parse(text)
    : JSON.parse(marked, (_, value: unknown) => unmark(value));
}

/** Writes JSON, in which a `bigint` is an exact number. */
export function stringifyJson(value: unknown, indent?: number): string {
  let hasBigInt = false;
  const mark = (_: string, part: unknown): unknown => {
    if (typeof part !== "bigint") return part;
    hasBigInt = true;
    return MARK + part;
  };
  const text = JSON.stringify(value, mark, indent);
  return hasBigInt ? text.replaceAll(MARKED, "$1") : text;
}

const MARKED = new RegExp(`"${MARK}(-?\\d+)"`, "g");

/** Returns a JSON value as a number, rounded when it is a `bigint`; `undefined` for a value that is no number. */
export function asNumber(value: unknown): number | undefined {
  if (typeof value === "bigint") return Number(value);
  return typeof value === "number" ? value : undefined;
}

/** Replaces each long integer with `{"<mark>":"<digits>"}`. It is an object, so that an integer as a key is still an error. */
function markIntegers(text: string): string {
  let marked = "";
  let copiedTo = 0;
  let index = 0;
  while (index < text.length) {
    const character = text[index] ?? "";
    if (character === '"') index = stringEnd(text, index);
    else if (character === "-" || (character >= "0" && character <= "9")) {
      const token = numberAt(text, index);
      if (isLongInteger(token)) {
        marked += `${text.slice(copiedTo, index)}{"${MARK}":"${token}"}`;
        copiedTo = index + token.length;
      }
      index += Math.max(1, token.length);
    } else index++;
  }
  return marked + text.slice(copiedTo);
}

/** Returns the index after the closing quote of the string that starts at an index. */
export function stringEnd(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text[index] !== '"') index += text[index] === "\\" ? 2 : 1;
  return index + 1;
}

function numberAt(text: string, index: number): string {
  NUMBER.lastIndex = index;
  return NUMBER.exec(text)?.[0] ?? "";
}

function isLongInteger(token: string): boolean {
  if (token.length < 16 || token.length > 20 || !/^-?\d+$/.test(token)) return false;
  const integer = BigInt(token);
  return !Number.isSafeInteger(Number(token)) && integer >= MIN_INT64 && integer <= MAX_UINT64;
}

function unmark(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, MARK)) return value;
  return BigInt((value as Record<string, string>)[MARK] ?? 0);
}
