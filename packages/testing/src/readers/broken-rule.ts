/** An error for bytes that break a rule of the protocol. Its message has the path and the rule. */
export class BrokenRule extends Error {
  constructor(path: string, rule: string) {
    super(`${path}: ${rule}`);
    this.name = "BrokenRule";
  }
}

/**
 * Throws when `holds` is false.
 *
 * @param path the place in the envelope, such as `headers.sdk`
 * @param rule the condition, such as `must be a string`
 * @throws BrokenRule
 */
export function must(holds: boolean, path: string, rule: string): asserts holds {
  if (!holds) throw new BrokenRule(path, rule);
}

const format = (value: unknown): string => JSON.stringify(value) ?? String(value);

/** A parsed JSON object. */
export type JsonObject = { readonly [key: string]: unknown };

/** Throws unless the value is an object that is not a list. */
export function mustBeObject(value: unknown, path: string): asserts value is JsonObject {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  must(isObject, path, `must be an object, not ${format(value)}`);
}

/** Throws unless the value is a string. */
export function mustBeString(value: unknown, path: string): asserts value is string {
  must(typeof value === "string", path, `must be a string, not ${format(value)}`);
}

/** Throws unless the value is a finite number. */
export function mustBeFinite(value: unknown, path: string): asserts value is number {
  must(Number.isFinite(value), path, `must be a finite number, not ${format(value)}`);
}

/** Throws unless the value is one of the allowed ones. */
export function mustBeOneOf(value: unknown, allowed: readonly unknown[], path: string): void {
  must(allowed.includes(value), path, `must be one of ${allowed.join(", ")}, not ${format(value)}`);
}

/** Throws if the object has a key that is not in `keys`. */
export function mustHaveOnly(value: JsonObject, keys: readonly string[], path: string): void {
  for (const key of Object.keys(value))
    must(keys.includes(key), `${path}.${key}`, "is not a known field");
}
