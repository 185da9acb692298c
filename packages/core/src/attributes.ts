import type { AttributeValue } from "./metric.js";

/** Attributes that were copied and hold only what can be sent. Never changed once made. */
export type Bag = Readonly<Record<string, AttributeValue>>;

/** Metrics without attributes share one bag. */
const NOTHING: Bag = {};

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

/**
 * Size as Relay measures it and Sentry bills it (wire.md 3.3): bytes of text, 8 for a number, 1 for a
 * boolean. Text is counted in UTF-16 units: exact for ASCII, a lower bound otherwise.
 */
export function sizeOf(bag: Bag): number {
  let size = 0;
  for (const key in bag) size += key.length + valueSize(bag[key] as AttributeValue);
  return size;
}

function valueSize(value: AttributeValue): number {
  if (typeof value === "string") return value.length;
  if (typeof value === "object")
    return (value as readonly AttributeValue[]).reduce<number>(
      (size, each) => size + valueSize(each),
      0,
    );
  return typeof value === "number" ? 8 : 1;
}
