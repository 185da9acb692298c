import { stringifyJson } from "../../model/json.js";
import type { Attributes } from "../../model/received-item.js";
import { safeText } from "../text/safe-text.js";

/** `key=value` pairs for one line. What the SDK adds to every item (`sentry.*`) is left out; JSON output has it. */
export function formatAttributes(attributes: Attributes): string {
  return Object.entries(attributes)
    .filter(([key]) => !key.startsWith("sentry.") && key !== "server.address")
    .map(([key, value]) => `${safeText(key)}=${safeText(shown(value))}`)
    .join(" ");
}

const shown = (value: Attributes[string]): string =>
  typeof value === "object" ? stringifyJson(value) : String(value);
