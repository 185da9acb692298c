import { randomUUID } from "node:crypto";

// JSON in which integers of 64 bits stay exact. `JSON.parse` rounds what is beyond 2^53, and two ids become one.
// Node 20 gives a reviver no access to the source text (later versions do), so such integers are marked in the text first.

/** Nobody outside can know it, so no received text can pass for a marked integer. */
const MARK = randomUUID();

const LONG_DIGITS = /\d{16}/;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const MIN_INT64 = -(2n ** 63n);
const MAX_UINT64 = 2n ** 64n - 1n;

/**
 * As `JSON.parse`, but an integer from -2^63 to 2^64 - 1 that a double cannot hold becomes a `bigint`.
 * Integers beyond are doubles, as in Relay. Throws a `SyntaxError` for what is no JSON.
 */
export function parseJson(text: string): unknown {
  if (!LONG_DIGITS.test(text)) return JSON.parse(text);
  const marked = markIntegers(text);
  return marked === text
    ? JSON.parse(text)
    : JSON.parse(marked, (_, value: unknown) => unmark(value));
}

/** As `JSON.stringify`, but writes a `bigint` as the number it is. */
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

/** The number of a JSON value that must be one: rounded where it is a `bigint`; `undefined` for anything else. */
export function asNumber(value: unknown): number | undefined {
  if (typeof value === "bigint") return Number(value);
  return typeof value === "number" ? value : undefined;
}

/** The text with `{"<mark>":"<digits>"}` for every integer to be kept: an object, because as a key it would still be an error. */
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

/** The index behind the closing quote. */
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
