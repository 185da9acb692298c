/** A rule of the protocol that some bytes break, and where. */
export class BrokenRule extends Error {
  constructor(path: string, rule: string) {
    super(`${path}: ${rule}`);
    this.name = "BrokenRule";
  }
}

/** Throws when `holds` is false. `path` says where in the envelope, `rule` what must be true there. */
export function must(holds: boolean, path: string, rule: string): asserts holds {
  if (!holds) throw new BrokenRule(path, rule);
}

const shown = (value: unknown): string => JSON.stringify(value) ?? String(value);

export type JsonObject = { readonly [key: string]: unknown };

export function mustBeObject(value: unknown, path: string): asserts value is JsonObject {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  must(isObject, path, `must be an object, not ${shown(value)}`);
}

export function mustBeString(value: unknown, path: string): asserts value is string {
  must(typeof value === "string", path, `must be a string, not ${shown(value)}`);
}

export function mustBeFinite(value: unknown, path: string): asserts value is number {
  must(Number.isFinite(value), path, `must be a finite number, not ${shown(value)}`);
}

export function mustBeOneOf(value: unknown, allowed: readonly unknown[], path: string): void {
  must(allowed.includes(value), path, `must be one of ${allowed.join(", ")}, not ${shown(value)}`);
}

export function mustHaveOnly(value: JsonObject, keys: readonly string[], path: string): void {
  for (const key of Object.keys(value))
    must(keys.includes(key), `${path}.${key}`, "is not a known field");
}
