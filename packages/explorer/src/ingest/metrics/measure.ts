import type { JsonObject } from "../fields/json.js";
import type { Validation } from "../validation.js";
import { canonicalSize } from "./size.js";

/** `max_trace_metric_size` of Relay since 2026-04; releases before had 2 KiB, which Sentry's docs still name. */
const MAX_BYTES = 1024 ** 2;
const MAX_BYTES_OLD_RELAY = 2048;

/** Measures a metric as Relay does, in bytes. */
export function measure(metric: JsonObject, validation: Validation): number {
  const bytes = canonicalSize(metric);
  if (bytes > MAX_BYTES) {
    validation.dropped(
      "too_large",
      `${bytes} bytes are more than the ${MAX_BYTES} a metric may have`,
      { field: "bytes", before: String(bytes) },
    );
  } else if (bytes > MAX_BYTES_OLD_RELAY) {
    validation.note(
      "over_2_kib",
      `${bytes} bytes: a Relay from before April 2026 drops metrics above 2 KiB`,
    );
  }
  return bytes;
}
