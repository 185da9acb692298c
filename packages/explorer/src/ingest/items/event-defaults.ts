import { lenientText } from "../fields/coerce.js";
import type { JsonObject } from "../fields/json.js";

/** The fields of an event under the attribute names that metrics and streamed spans use for them. */
export function defaultsOf(event: JsonObject): JsonObject {
  const entries = [
    ["sentry.release", lenientText(event["release"])],
    ["sentry.environment", event["environment"]],
    ["server.address", event["server_name"]],
  ] as const;
  return Object.fromEntries(entries.filter(([, value]) => value != null));
}
