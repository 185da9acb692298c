import { parseJson } from "../../model/json.js";
import { MAX_VALUES } from "../limits.js";

/** A JSON object. */
export type JsonObject = Record<string, unknown>;

/** Returns whether a value is a JSON object. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Returns a JSON object as it is, and an empty object for any other value. */
export const asObject = (value: unknown): JsonObject => (isObject(value) ? value : {});

/** Returns an array as it is, and an empty array for any other value. */
export const asArray = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Returns a non-empty string as it is, and `undefined` for any other value. */
export const asText = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

const MAX_COUNT = 2 ** 32 - 1;

/** Reads a count as Relay does: a whole number of 32 bits. Returns `undefined` for anything else. */
export function readCount(value: unknown): number | undefined {
  const isCount =
    Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_COUNT;
  return isCount ? (value as number) : undefined;
}

/** The deepest nesting that Relay reads (the recursion limit of serde_json). */
const MAX_DEPTH = 128;

/** The JSON that `parseObject` can read, for the messages of errors. */
export const READABLE: string = `a JSON object of at most ${MAX_VALUES} values and ${MAX_DEPTH} levels`;

/** Parses a JSON object. Returns `undefined` for anything else, and for an object that is too deep or too large. */
export function parseObject(bytes: Buffer): JsonObject | undefined {
  const { depth, values } = measure(bytes);
  if (depth > MAX_DEPTH || values > MAX_VALUES) return undefined;
  try {
    const value = parseJson(bytes.toString("utf8"));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const [QUOTE, BACKSLASH, COMMA] = Buffer.from('"\\,');
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = Buffer.from("[]{}");

/** Measures the deepest nesting of lists and objects, and the approximate number of values, without parsing. */
function measure(bytes: Buffer): { depth: number; values: number } {
  let depth = 0;
  let deepest = 0;
  let values = 0;
  let inText = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (inText) {
      if (byte === BACKSLASH) i++;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) inText = true;
    else if (byte === COMMA) values++;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      values++;
      deepest = Math.max(deepest, ++depth);
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth--;
  }
  return { depth: deepest, values };
}
