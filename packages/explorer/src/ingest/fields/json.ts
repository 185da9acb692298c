import { parseJson } from "../../model/json.js";
import { MAX_VALUES } from "../limits.js";

export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const asObject = (value: unknown): JsonObject => (isObject(value) ? value : {});

export const asArray = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** A non-empty string, or nothing. */
export const asText = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

const MAX_COUNT = 2 ** 32 - 1;

/** How many of something: a whole number of 32 bits, as Relay reads counts. */
export function readCount(value: unknown): number | undefined {
  const isCount =
    Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_COUNT;
  return isCount ? (value as number) : undefined;
}

/** Where Relay's JSON reader gives up (serde_json's recursion limit); walking deeper is unsafe here too. */
const MAX_DEPTH = 128;

/** What `parseObject` reads, for those who have to say why something is not. */
export const READABLE: string = `a JSON object of at most ${MAX_VALUES} values and ${MAX_DEPTH} levels`;

/** The JSON object in the bytes; `undefined` for anything else, and for one too deep or too large to be read. */
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

/** The deepest nesting of lists and objects, and about how many values there are; what is inside texts does not count. */
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
