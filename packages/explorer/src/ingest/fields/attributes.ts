import { stringifyJson } from "../../model/json.js";
import type { Attributes, AttributeValue, PrimitiveValue } from "../../model/received-item.js";
import { isObject } from "./json.js";

type Check = (value: unknown) => value is AttributeValue;

const PRIMITIVES = ["string", "number", "bigint", "boolean"];

const isPrimitive: Check = (value): value is PrimitiveValue => PRIMITIVES.includes(typeof value);

const isNumber: Check = (value): value is number | bigint =>
  typeof value === "number" || typeof value === "bigint";

/** An array has values of one type; Relay drops mixed and nested ones. */
const isArray: Check = (value): value is PrimitiveValue[] =>
  Array.isArray(value) &&
  (value.every(isNumber) ||
    value.every((item) => isPrimitive(item) && typeof item === typeof value[0]));

const CHECKS: Readonly<Record<string, Check | undefined>> = {
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  integer: (value): value is number | bigint =>
    typeof value === "bigint" || Number.isInteger(value),
  double: isNumber,
  array: isArray,
};

/** Attributes that were read. */
export interface ReadAttributes {
  /** The valid attributes. */
  attributes: Attributes;
  /** Keys of attributes whose type is missing, unknown or not the type of the value. Relay drops the attribute, not the item. */
  invalidKeys: string[];
}

/** Reads attributes of the form `{ key: { value, type } }`. */
export function readAttributes(raw: unknown): ReadAttributes {
  const invalidKeys: string[] = [];
  const entries: [string, AttributeValue][] = [];
  for (const [key, attribute] of Object.entries(isObject(raw) ? raw : {})) {
    const value = readAttribute(attribute);
    if (value === undefined) invalidKeys.push(key);
    else entries.push([key, value]);
  }
  return { attributes: Object.fromEntries(entries), invalidKeys };
}

function readAttribute(attribute: unknown): AttributeValue | undefined {
  if (!isObject(attribute) || typeof attribute["type"] !== "string") return undefined;
  const { type, value } = attribute;
  const check = Object.hasOwn(CHECKS, type as string) ? CHECKS[type as string] : undefined;
  return check?.(value) ? value : undefined;
}

/** Reads plain `{ key: value }` attributes of transactions and older spans. Values that are neither primitive nor list become JSON text. */
export function readPlainAttributes(...sources: unknown[]): Attributes {
  const entries = sources.flatMap((source) => Object.entries(isObject(source) ? source : {}));
  return Object.fromEntries(
    entries
      .filter(([, value]) => value !== null)
      .map(([key, value]) => [
        key,
        isPrimitive(value) || isArray(value) ? value : stringifyJson(value),
      ]),
  );
}
