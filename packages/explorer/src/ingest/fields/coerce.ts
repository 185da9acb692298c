import { stringifyJson } from "../../model/json.js";
import { asArray, isObject, type JsonObject } from "./json.js";

// How Relay reads fields that older SDKs fill with other types (relay-event-schema/src/protocol/types.rs).

/** What must be text: booleans as Python writes them, numbers without their fraction. */
export function lenientText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "number") return undefined;
  const whole = Math.trunc(value);
  return Number.isSafeInteger(whole) ? String(whole) : undefined;
}

/** What may be text or anything, which then is shown as JSON. */
export function jsonLenientText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : stringifyJson(value);
}

/** The entries of a list that may come as `{ values: [...] }`, as a plain list, or as its only entry. */
export function readValues(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (!isObject(value) || Object.keys(value).length === 0) return [];
  return Object.hasOwn(value, "values") ? asArray(value["values"]) : [value];
}

/** Tags as an object, from an object or a list of pairs; the first of a name counts. */
export function readTags(value: unknown): Record<string, string> {
  const pairs = Array.isArray(value) ? value : isObject(value) ? Object.entries(value) : [];
  const tags = new Map<string, string>();
  for (const pair of pairs) {
    const [name, content] = asArray(pair);
    const key = lenientText(name)?.replaceAll(" ", "-").trim();
    const text = lenientText(content)?.trim();
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

/** The level of an event; one that Relay does not know is an error, as is none at all. */
export function readLevel(value: unknown): string {
  const isPossible = typeof value === "string" ? !/^\d/.test(value) : Number.isInteger(value);
  const name = String(value);
  return (isPossible && Object.hasOwn(LEVELS, name) ? LEVELS[name] : undefined) ?? "error";
}

/** The object with every field under its present name; where a field has several names, the present one wins. */
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
