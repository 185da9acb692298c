import type { AttributeValue } from "../contract/metric.js";

/** Attributes that were copied and hold only what can be sent. Never changed once made. */
export type Bag = Readonly<Record<string, AttributeValue>>;

/** What says nothing: one object for all that share it. */
export const NOTHING: Readonly<Record<string, never>> = {};

/**
 * Copies attributes, leaving out what cannot be sent and turning objects and bigints into text. A getter
 * that throws costs its own attribute only; an object that cannot be read at all, such as a revoked
 * proxy, gives none.
 *
 * Copies are made by spreading only: it defines properties instead of assigning them, which leaves a
 * key such as `__proto__` an attribute like any other.
 */
export function copyAttributes(
  given: unknown,
  /** Leaves `undefined` in the place of what is `undefined` or `null`: see {@link withoutRemoved}. */
  marksRemoved?: boolean,
): Bag {
  let copy: Record<string, unknown> = NOTHING;
  if (typeof given === "object")
    try {
      copy = { ...given };
    } catch {
      copy = copyReadable(given as object);
    }
  for (const key in copy) {
    const value = copy[key];
    if (isScalar(value)) continue;
    const sent = sendable(value);
    if (sent === undefined && !(marksRemoved && value == null)) delete copy[key];
    else copy[key] = sent;
  }
  return copy as Bag;
}

/** Takes out the attributes that a stronger one, of the value `undefined`, removed. Changes `merged`. */
export function withoutRemoved(merged: Record<string, AttributeValue>): Bag {
  for (const key in merged) if (merged[key] === undefined) delete merged[key];
  return merged;
}

/** Copies the members of an object that can be read; never throws. */
export function copyReadable(
  given: object,
  /** Those to read; by default its own ones. */
  keys?: readonly string[],
): Record<string, unknown> {
  const entries: [key: string, value: unknown][] = [];
  try {
    for (const key of keys ?? Object.keys(given))
      try {
        entries.push([key, given[key as never]]);
      } catch {}
  } catch {}
  return Object.fromEntries(entries);
}

function isScalar(value: unknown): boolean {
  return typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);
}

function sendable(given: unknown): AttributeValue | undefined {
  try {
    if (typeof given === "bigint" || typeof given === "number") return String(given);
    // Copied first and judged after: a list may answer differently each time it is read.
    const list = Array.isArray(given) && [...(given as string[])];
    // Relay keeps arrays of one primitive type only (wire.md 1.3); the others travel as JSON text.
    return list && list.every((each) => isScalar(each) && typeof each === typeof list[0])
      ? list
      : JSON.stringify(list || (given ?? undefined));
  } catch {
    return undefined;
  }
}
