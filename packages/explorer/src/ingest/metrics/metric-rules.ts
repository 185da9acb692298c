import { asNumber, stringifyJson } from "../../model/json.js";
import type { ReceivedItem } from "../../model/received-item.js";
import { readSpanId, readTraceId } from "../fields/ids.js";
import { asText, type JsonObject } from "../fields/json.js";
import type { Validation } from "../validation.js";
import { partText } from "../part-text.js";
import { isAbsentUnit, normaliseUnit } from "./units.js";

const TYPES = new Set(["counter", "gauge", "distribution"]);

/** Relay replaces each run of other characters by one underscore, and changes nothing else. */
const normaliseName = (name: string): string => name.replaceAll(/[^A-Za-z0-9_.]+/g, "_");

/** Reads the name of a metric, as Sentry stores it. */
export function readName(name: unknown, validation: Validation): string {
  if (typeof name !== "string" || name.trim() === "") {
    validation.dropped("invalid_name", "The metric has no name", {
      field: "name",
      before: partText(name),
    });
    return "";
  }
  const normalised = normaliseName(name);
  if (normalised !== name) {
    validation.changed(
      "name_normalized",
      `Sentry stores ${stringifyJson(name)} as "${normalised}"`,
      { field: "name", before: name, after: normalised },
    );
  }
  return normalised;
}

/** Reads the type of a metric. */
export function readType(type: unknown, validation: Validation): string | undefined {
  if (typeof type === "string" && TYPES.has(type)) return type;
  validation.dropped(
    "invalid_type",
    `type must be counter, gauge or distribution, not ${stringifyJson(type)}`,
    { field: "type", before: partText(type) },
  );
  return asText(type);
}

/** Reads the value of a metric. JSON has no NaN: SDKs that do not check send `null`. `1e999` is read as infinity. */
export function readValue(value: unknown, validation: Validation): number | undefined {
  const number = asNumber(value);
  if (number !== undefined && Number.isFinite(number)) {
    // JavaScript writes a large double with the fewest digits that identify it; that is no rounding.
    if (typeof value === "bigint" && String(number) !== String(value))
      validation.changed("value_rounded", `Sentry stores ${value} as the double ${number}`, {
        field: "value",
        before: String(value),
        after: String(BigInt(number)),
      });
    return number;
  }
  const text = typeof value === "number" ? String(value) : stringifyJson(value);
  validation.dropped("invalid_value", `value must be a finite number, not ${text}`, {
    field: "value",
    before: partText(value),
  });
  return undefined;
}

/** Reads the unit of a metric, as Sentry stores it. */
export function readUnit(unit: unknown, validation: Validation): string | undefined {
  const normalised = normaliseUnit(unit);
  if (normalised !== unit && !isAbsentUnit(unit)) {
    validation.changed(
      "unit_normalized",
      `Sentry stores the unit ${stringifyJson(unit)} as ${normalised ?? "none"}`,
      { field: "unit", before: partText(unit), after: normalised ?? "none" },
    );
  }
  return normalised;
}

/** Reads the ids of a metric. The trace id is required; a span id that is not valid is removed. */
export function readIds(
  metric: JsonObject,
  validation: Validation,
): Pick<ReceivedItem, "traceId" | "spanId"> {
  const traceId = readTraceId(metric["trace_id"]);
  if (traceId === undefined) {
    validation.dropped(
      "invalid_trace_id",
      `trace_id must be 32 hex digits, not ${stringifyJson(metric["trace_id"])}`,
      { field: "trace_id", before: partText(metric["trace_id"]) },
    );
  }
  const spanId = readSpanId(metric["span_id"]);
  if (spanId === undefined && metric["span_id"] != null) {
    validation.changed(
      "span_id_removed",
      `span_id must be 16 hex digits, not ${stringifyJson(metric["span_id"])}`,
      { field: "span_id", before: partText(metric["span_id"]) },
    );
  }
  return { traceId, spanId };
}

/** Sentry's store rounds rates to six digits, so that a sample counts at most a million times. */
const MIN_RATE = 1e-6;
const RATE_STEPS = 1e6;

/** Reads the weight of a sampled metric. Relay accepts a client sample rate in (0, 1]; any other counts as 1 and stays an attribute. */
export function readWeight(rate: unknown, validation: Validation): number {
  if (rate === undefined) return 1;
  if (typeof rate === "number" && rate > 0 && rate <= 1)
    return 1 / Math.max(Math.round(rate * RATE_STEPS) / RATE_STEPS, MIN_RATE);
  validation.note(
    "sample_rate_ignored",
    `sentry.client_sample_rate must be above 0 and at most 1, not ${stringifyJson(rate)}`,
    { field: "weight", before: `1 / ${partText(rate)}`, after: "1" },
  );
  return 1;
}
