import { flatten, NO_ATTRIBUTES, type Flat } from "../flat.js";

/** Scope attributes of Sentry may come as `{ value, unit }`; only the value is used. */
export function flattenScope(attributes: unknown): Flat {
  if (typeof attributes !== "object" || attributes === null) return NO_ATTRIBUTES;
  return flatten(
    Object.fromEntries(
      Object.entries(attributes).map(([key, given]) => [
        key,
        typeof given === "object" && given !== null && "value" in given ? given.value : given,
      ]),
    ),
  );
}
