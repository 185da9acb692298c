import type { AttributeValue } from "./metric.js";

/**
 * Attributes as `[key, value, key, value, ...]`: copied in one go, and deaf to keys such as
 * `__proto__` that would change an object. Never changed once made.
 */
export type Flat = readonly (string | AttributeValue)[];

/**
 * Copies attributes, leaving out what cannot be sent and turning objects and bigints into text.
 * A getter or proxy that throws costs its own attribute, not the metric.
 */
export function flatten(attributes: unknown): Flat {
  if (typeof attributes !== "object" || attributes === null) return NO_ATTRIBUTES;
  const flat: (string | AttributeValue)[] = [];
  for (const key of keysOf(attributes)) {
    try {
      const given = (attributes as Record<string, unknown>)[key];
      const kind = typeof given;
      const value =
        kind === "string" || kind === "number" || kind === "boolean"
          ? (given as AttributeValue)
          : sendable(given);
      if (value !== undefined) flat.push(key, value);
    } catch {}
  }
  return flat;
}

export const NO_ATTRIBUTES: Flat = [];

function keysOf(attributes: object): string[] {
  try {
    return Object.keys(attributes);
  } catch {
    // A revoked proxy, or one whose traps throw.
    return [];
  }
}

function sendable(given: unknown): AttributeValue | undefined {
  if (typeof given === "bigint") return String(given);
  if (typeof given !== "object" || given === null) return undefined;
  if (Array.isArray(given)) {
    const copy: unknown[] = [...(given as unknown[])];
    if (isHomogeneous(copy)) return copy as unknown as AttributeValue;
    return toJson(copy);
  }
  return toJson(given);
}

function toJson(given: object): string | undefined {
  return JSON.stringify(given, (_, inner: unknown) =>
    typeof inner === "bigint" ? String(inner) : inner,
  );
}

/** Relay keeps arrays of one primitive type only (wire.md 1.3); the others travel as JSON text. */
function isHomogeneous(values: readonly unknown[]): boolean {
  const kind = typeof values[0];
  return (
    values.length === 0 ||
    ((kind === "string" || kind === "boolean" || kind === "number") &&
      values.every(
        (value) => typeof value === kind && (kind !== "number" || Number.isFinite(value)),
      ))
  );
}

/** One list out of several; a later list wins over an earlier one. */
export function merge(...lists: readonly (Flat | undefined)[]): Flat {
  const present = lists.filter((list): list is Flat => list !== undefined && list.length > 0);
  if (present.length < 2) return present[0] ?? NO_ATTRIBUTES;
  const merged = new Map<string, AttributeValue>();
  for (const list of present)
    for (let i = 0; i < list.length; i += 2)
      merged.set(list[i] as string, list[i + 1] as AttributeValue);
  const flat: (string | AttributeValue)[] = [];
  for (const [key, value] of merged) flat.push(key, value);
  return flat;
}
