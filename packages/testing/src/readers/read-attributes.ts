import { must, mustBeFinite, mustBeObject, mustBeOneOf, mustHaveOnly } from "./broken-rule.js";

type Primitive = string | number | boolean;
/** The value of an attribute. */
export type ReadAttribute = Primitive | readonly Primitive[];

/** Reads typed attributes. Relay removes an attribute whose value does not match its type. */
export function readAttributes(
  raw: unknown,
  path: string,
): { attributes: Record<string, ReadAttribute>; attributeTypes: Record<string, string> } {
  mustBeObject(raw ?? {}, path);
  const read = Object.entries(raw ?? {}).map(([key, entry]: [string, unknown]) => {
    const at = `${path}[${JSON.stringify(key)}]`;
    mustBeObject(entry, at);
    mustHaveOnly(entry, ["type", "value"], at);
    const { type, value } = entry;
    mustBeOneOf(type, ["string", "boolean", "integer", "double", "array"], `${at}.type`);
    checkValue(type as string, value, `${at}.value`);
    checkMeaning(key, type as string, value, at);
    return { key, type: type as string, value: value as ReadAttribute };
  });
  // fromEntries defines own properties, so that a key such as `__proto__` is an ordinary key.
  return {
    attributes: Object.fromEntries(read.map(({ key, value }) => [key, value])),
    attributeTypes: Object.fromEntries(read.map(({ key, type }) => [key, type])),
  };
}

function checkValue(type: string, value: unknown, path: string): void {
  if (type === "integer") mustBeInt64(value, path);
  else if (type === "double") mustBeFinite(value, path);
  else if (type === "array") mustBeHomogeneous(value, path);
  else must(typeof value === type, path, `must be a ${type}, not ${JSON.stringify(value)}`);
}

/** Values at or above 2^63 do not fit into 64 bits, although JSON numbers can be larger. */
function mustBeInt64(value: unknown, path: string): void {
  const fits =
    Number.isInteger(value) && (value as number) >= -(2 ** 63) && (value as number) < 2 ** 63;
  must(fits, path, `must be a 64 bit integer, not ${JSON.stringify(value)}`);
}

/** The server drops nested and mixed arrays. */
function mustBeHomogeneous(value: unknown, path: string): void {
  must(Array.isArray(value), path, `must be an array, not ${JSON.stringify(value)}`);
  const kinds = new Set(value.map((item: unknown) => typeof item));
  must(kinds.size <= 1, path, `must hold one kind of value, not ${[...kinds].join(" and ")}`);
  for (const kind of kinds) mustBeOneOf(kind, ["string", "number", "boolean"], path);
}

/** Checks attributes that Relay reads (docs/protocol.md#time and docs/protocol.md#client-sampling). */
function checkMeaning(key: string, type: string, value: unknown, path: string): void {
  if (key === "sentry.timestamp.sequence") {
    must(type === "integer" && (value as number) >= 0, path, "must be an integer from 0 up");
  }
  if (key === "sentry.client_sample_rate") {
    const isRate = type === "double" && (value as number) > 0 && (value as number) <= 1;
    must(isRate, path, `must be a double above 0 and at most 1, not ${String(value)}`);
  }
}
