import type { NoteCode } from "../model/note-code.js";

const FIXES: Readonly<Record<NoteCode, string>> = {
  attribute_removed: "Send text, numbers, booleans, or lists of one of them, each with its type",
  clock_drift: "Set the clock of the sending machine, for example by NTP",
  container_content_type: "Send the content type of the container, as current SDKs do",
  container_invalid: 'Send a JSON object with the list "items"',
  container_item_count: "Send the number of entries as item_count",
  duplicate_item: "Send one trace_metric container per envelope",
  future_timestamp: "Set the clock of the sending machine, or pass no time of your own",
  invalid_name: "Pass a name that is not empty",
  invalid_span_id: "Send a trace id of 32 and a span id of 16 hex digits",
  invalid_timestamp: "Send times in seconds since the epoch, the end not before the start",
  invalid_trace_id: "Send a trace id of 32 hex digits that are not all 0",
  invalid_trace_metric: "Send each metric as a JSON object",
  invalid_type: "Use count, gauge or distribution of the SDK",
  invalid_value: "Check the number before the call: NaN, infinity and text are no values",
  name_normalized: "Use only letters, digits, _ and . in names of metrics",
  over_2_kib: "Send fewer or shorter attributes, or update a self-hosted Sentry",
  payload_invalid: "Send valid JSON in UTF-8",
  sample_rate_ignored: "Send a sample rate above 0 and at most 1",
  span_id_removed: "Send a span id of 16 hex digits, or none",
  too_large: "Send fewer or shorter attributes, or fewer metrics at a time",
  too_many: "Send fewer metrics at a time",
  too_old: "Send metrics within 90 days",
  unit_normalized: "Use a unit that Sentry knows, such as millisecond, byte or percent, or none",
  value_rounded: "Record numbers below 2^53; put an id into an attribute",
};

/** Returns how to avoid a note, in one line; an empty text for a code that this version does not know. */
export const fixOf = (code: string): string =>
  Object.hasOwn(FIXES, code) ? FIXES[code as NoteCode] : "";
