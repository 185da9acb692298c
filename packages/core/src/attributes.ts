import type { AttributeValue } from "./metric.js";

/** Attributes that were copied and hold only what can be sent. Never changed once made. */
export type Bag = Readonly<Record<string, AttributeValue>>;

/** What says nothing: one object for all that share it. */
export const NOTHING: Readonly<Record<string, never>> = {};

/**
 * Copies attributes, leaving out what cannot be sent and turning objects and bigints into text. An
 * object that cannot be read at all, such as a revoked proxy, gives none.
 *
 * Copies are made by spreading only: it defines properties instead of assigning them, which leaves a
 * key such as `__proto__` an attribute like any other.
 */
export function copyAttributes(given: unknown): Bag {
  let copy: Record<string, unknown> = NOTHING;
  try {
    if (typeof given === "object") copy = { ...given };
  } catch {}
  for (const key in copy) {
    const value = copy[key];
    if (isScalar(value)) continue;
    const text = sendable(value);
    if (text === undefined) delete copy[key];
    else copy[key] = text;
  }
  return copy as Bag;
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
