import { stringifyJson } from "../../model/json.js";
import { asArray, isObject, type JsonObject } from "./json.js";

// Relay coerces fields in which older SDKs send other types (relay-event-schema/src/protocol/types.rs).

/** Coerces a value to text (`LenientString` of Relay): booleans as Python writes them, numbers without their fraction. */
export function coerceToText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "number") return undefined;
  const whole = Math.trunc(value);
  return Number.isSafeInteger(whole) ? String(whole) : undefined;
}

/** Returns text as it is and any other value as JSON (`JsonLenientString` of Relay). */
export function textOrJson(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : stringifyJson(value);
}

/** Returns the entries of a list that is `{ values: [...] }`, a plain list, or its only entry. */
export function readValues(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (!isObject(value) || Object.keys(value).length === 0) return [];
  return Object.hasOwn(value, "values") ? asArray(value["values"]) : [value];
}

/** Reads tags from an object or a list of pairs. The first value of a name counts. */
export function readTags(value: unknown): Record<string, string> {
  const pairs = Array.isArray(value) ? value : isObject(value) ? Object.entries(value) : [];
  const tags = new Map<string, string>();
  for (const pair of pairs) {
    const [name, content] = asArray(pair);
    const key = coerceToText(name)?.replaceAll(" ", "-").trim();
    const text = coerceToText(content)?.trim();
    if (key && text !== undefined && !tags.has(key)) tags.set(key, text);
  }
  return Object.fromEntries(tags);
}

const LEVELS: Readonly<Record<string, string>> = {
  debug: "debug",
  info: "info",
  log: "info",
  warning: "warning",
  error: "error",
  fatal: "fatal",
  critical: "fatal",
  // The numbers of Python's logging.
  10: "debug",
  20: "info",
  30: "warning",
  40: "error",
  50: "fatal",
};

/** Reads the level of an event. An unknown or missing level becomes `error`, as in Relay. */
export function readLevel(value: unknown): string {
  const canBeLevel = typeof value === "string" ? !/^\d/.test(value) : Number.isInteger(value);
  const name = String(value);
  return (canBeLevel && Object.hasOwn(LEVELS, name) ? LEVELS[name] : undefined) ?? "error";
}

/** Returns an object with every field under its current name. When several names are present, the current one wins. */
export function withoutAliases(
  object: JsonObject,
  aliases: Readonly<Record<string, readonly string[]>>,
): JsonObject {
  const result = { ...object };
  for (const [name, others] of Object.entries(aliases)) {
    for (const other of others) {
      result[name] ??= result[other];
      delete result[other];
    }
    if (result[name] == null) delete result[name];
  }
  return result;
}
