import { isObject, type JsonObject } from "../fields/json.js";

/** Returns the size of a metric in bytes, as Relay measures and Sentry bills it: its name, value and attributes. */
export function canonicalSize(metric: JsonObject): number {
  const attributes = Object.entries(isObject(metric["attributes"]) ? metric["attributes"] : {});
  const size = attributes.reduce(
    (sum, [key, attribute]) =>
      sum + Buffer.byteLength(key) + sizeOf(isObject(attribute) ? attribute["value"] : undefined),
    sizeOf(metric["name"]) + sizeOf(metric["value"]),
  );
  return Math.max(1, size);
}

function sizeOf(value: unknown): number {
  if (typeof value === "string") return Buffer.byteLength(value);
  if (typeof value === "number" || typeof value === "bigint") return 8;
  if (typeof value === "boolean") return 1;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + sizeOf(item), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, item]) => sum + Buffer.byteLength(key) + sizeOf(item),
    0,
  );
}
