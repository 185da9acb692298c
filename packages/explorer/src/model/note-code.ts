import type { Note } from "./received-item.js";

/** The codes of the notes that Relay's rules lead to. */
export const NOTE_CODES = [
  "attribute_removed",
  "clock_drift",
  "container_content_type",
  "container_invalid",
  "container_item_count",
  "duplicate_item",
  "future_timestamp",
  "invalid_name",
  "invalid_span_id",
  "invalid_timestamp",
  "invalid_trace_id",
  "invalid_trace_metric",
  "invalid_type",
  "invalid_value",
  "name_normalized",
  "over_2_kib",
  "payload_invalid",
  "sample_rate_ignored",
  "span_id_removed",
  "too_large",
  "too_many",
  "too_old",
  "unit_normalized",
  "value_rounded",
] as const;

/** Code of a note that Relay's rules lead to. */
export type NoteCode = (typeof NOTE_CODES)[number];

/** A note that a rule of Relay leads to. */
export interface RelayNote extends Note {
  code: NoteCode;
}
