import type { AttributeMap, AttributeValue } from "../contract/metric.js";

/** One empty object for everybody. */
export const NOTHING: Readonly<Record<string, never>> = {};

/**
 * Copies attributes. Values that cannot be sent are left out, and objects and bigints become text. A getter
 * that throws costs its own attribute only; an object that cannot be read at all, such as a revoked
 * proxy, has none.
 *
 * Copies are made by spreading only: it defines properties instead of assigning them, which leaves a
 * key such as `__proto__` an attribute like any other.
 */
export function copyAttributes(
  given: unknown,
  /** Copies `undefined` and `null` as `undefined`: see {@link withoutRemoved}. */
  marksRemoved?: boolean,
): AttributeMap {
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
    const sent = copyValue(value);
    if (sent === undefined && !(marksRemoved && value == null)) delete copy[key];
    else copy[key] = sent;
  }
  return copy as AttributeMap;
}

/** Removes the attributes whose value is `undefined`. Changes `merged`. */
export function withoutRemoved(merged: Record<string, AttributeValue>): AttributeMap {
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

/** Whether a value is sent as it is. */
export function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);
}

/**
 * Copies a value that cannot be sent as it is: lists of one kind of value stay lists, other objects become text.
 * `undefined` when it cannot be sent at all. Never throws.
 */
export function copyValue(given: unknown): AttributeValue | undefined {
  try {
    if (typeof given === "bigint" || typeof given === "number") return String(given);
    // Copied first and judged after: a list may answer differently each time it is read.
    const list = Array.isArray(given) && [...(given as string[])];
    // Relay keeps arrays of one primitive type only (docs/protocol.md#attribute-types); the others travel
    // as JSON text.
    return list && list.every((each) => isScalar(each) && typeof each === typeof list[0])
      ? list
      : JSON.stringify(list || (given ?? undefined));
  } catch {
    return undefined;
  }
}
