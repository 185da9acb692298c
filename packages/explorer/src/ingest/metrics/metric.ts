import { stringifyJson } from "../../model/json.js";
import type { ReceivedItem } from "../../model/received-item.js";
import { readAttributes } from "../fields/attributes.js";
import { asObject, isObject } from "../fields/json.js";
import { createValidation } from "../validation.js";
import { measure } from "./measure.js";
import { readIds, readName, readType, readUnit, readValue, readWeight } from "./metric-rules.js";
import { readMetricTime } from "./metric-time.js";
import { baseItem, type Origin } from "../envelope/origin.js";

/** Validates one metric as Relay does. A dropped metric is stored, too, with its raw text. */
export function readMetric(entry: unknown, origin: Origin): ReceivedItem {
  const validation = createValidation();
  if (!isObject(entry))
    validation.dropped("invalid_trace_metric", "The metric is not a JSON object");
  const metric = asObject(entry);
  const { attributes, invalidKeys } = readAttributes(metric["attributes"]);
  if (invalidKeys.length > 0) {
    validation.changed(
      "attribute_removed",
      `Attributes without a matching type: ${invalidKeys.join(", ")}`,
      { field: "attributes", before: removedText(metric["attributes"], invalidKeys) },
    );
  }
  const received: ReceivedItem = {
    ...baseItem(origin),
    kind: "metric",
    name: readName(metric["name"], validation),
    type: readType(metric["type"], validation),
    value: readValue(metric["value"], validation),
    unit: readUnit(metric["unit"], validation),
    ...readIds(metric, validation),
    timeNs: readMetricTime(metric["timestamp"], attributes, { origin, validation }),
    bytes: measure(metric, validation),
    weight: readWeight(attributes["sentry.client_sample_rate"], validation),
    attributes,
  };
  received.verdict = validation.verdict();
  // For a metric that is no object, the other notes would only follow from the first.
  received.notes = isObject(entry) ? validation.notes : validation.notes.slice(0, 1);
  if (received.verdict === "dropped") received.detail = { raw: rawText(entry) };
  return received;
}

/** The removed attributes as they were sent: `key={"value":1}`. */
const removedText = (attributes: unknown, keys: readonly string[]): string =>
  keys.map((key) => `${key}=${stringifyJson(asObject(attributes)[key])}`).join(", ");

const MAX_RAW = 16 * 1024;

function rawText(entry: unknown): string {
  const text = stringifyJson(entry);
  return text.length > MAX_RAW ? `${text.slice(0, MAX_RAW)}…` : text;
}
