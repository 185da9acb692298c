import { coerceToText } from "../fields/coerce.js";
import type { JsonObject } from "../fields/json.js";

/** Returns fields of an event under the attribute names that metrics and streamed spans use for them. */
export function defaultsOf(event: JsonObject): JsonObject {
  const entries = [
    ["sentry.release", coerceToText(event["release"])],
    ["sentry.environment", event["environment"]],
    ["server.address", event["server_name"]],
  ] as const;
  return Object.fromEntries(entries.filter(([, value]) => value != null));
}
