import { stringifyJson } from "../../model/json.js";
import type { Attributes } from "../../model/received-item.js";
import { safeText } from "../text/safe-text.js";

/** Formats attributes as `key=value` pairs, without those that SDKs add to every item (`sentry.*`); JSON output has all. */
export function formatAttributes(attributes: Attributes): string {
  return Object.entries(attributes)
    .filter(([key]) => !key.startsWith("sentry.") && key !== "server.address")
    .map(([key, value]) => `${safeText(key)}=${safeText(valueText(value))}`)
    .join(" ");
}

const valueText = (value: Attributes[string]): string =>
  typeof value === "object" ? stringifyJson(value) : String(value);
