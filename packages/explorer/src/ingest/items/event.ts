import { readLogEntry } from "./message.js";
import { readTags, readValues, withoutAliases } from "../fields/coerce.js";
import type { JsonObject } from "../fields/json.js";

/** Names of fields in older SDKs (relay-event-schema/src/protocol/event.rs). */
const ALIASES = {
  logentry: ["sentry.interfaces.Message", "message"],
  user: ["sentry.interfaces.User"],
  request: ["sentry.interfaces.Http"],
  contexts: ["sentry.interfaces.Contexts"],
  breadcrumbs: ["sentry.interfaces.Breadcrumbs"],
  exception: ["sentry.interfaces.Exception"],
  stacktrace: ["sentry.interfaces.Stacktrace"],
  template: ["sentry.interfaces.Template"],
};

const LISTS = ["breadcrumbs", "exception", "threads"];

/** Converts an event from any form that Relay reads to the form of current SDKs. */
export function readEvent(payload: JsonObject): JsonObject {
  const event = withoutAliases(payload, ALIASES);
  for (const name of LISTS) {
    if (event[name] != null) event[name] = { values: readValues(event[name]) };
  }
  const logentry = readLogEntry(event["logentry"]);
  if (logentry === undefined) delete event["logentry"];
  else event["logentry"] = logentry;
  if (event["tags"] != null) event["tags"] = readTags(event["tags"]);
  return event;
}
