import { stringifyJson } from "../../model/json.js";
import type { Row } from "../../model/received-item.js";
import { readAttributes } from "../fields/attributes.js";
import { asObject, isObject } from "../fields/json.js";
import { createJudgement } from "../validation.js";
import {
  measure,
  readIds,
  readName,
  readType,
  readUnit,
  readValue,
  readWeight,
} from "./metric-rules.js";
import { readMetricTime } from "./metric-time.js";
import { rowOf, type Origin } from "../envelope/origin.js";

/** Judges one metric as Relay would and makes its row; a dropped metric is kept too, with its raw text. */
export function readMetric(entry: unknown, origin: Origin): Row {
  const judgement = createJudgement();
  if (!isObject(entry))
    judgement.dropped("invalid_trace_metric", "The metric is not a JSON object");
  const metric = asObject(entry);
  const { attributes, invalid } = readAttributes(metric["attributes"]);
  if (invalid.length > 0) {
    judgement.changed(
      "attribute_removed",
      `Attributes without a fitting type: ${invalid.join(", ")}`,
    );
  }
  const row: Row = {
    ...rowOf(origin),
    kind: "metric",
    name: readName(metric["name"], judgement),
    type: readType(metric["type"], judgement),
    value: readValue(metric["value"], judgement),
    unit: readUnit(metric["unit"], judgement),
    ...readIds(metric, judgement),
    timeNs: readMetricTime(metric["timestamp"], attributes, { origin, judgement }),
    bytes: measure(metric, judgement),
    weight: readWeight(attributes["sentry.client_sample_rate"], judgement),
    attributes,
  };
  row.verdict = judgement.verdict();
  // What is no object lacks everything else, too.
  row.notes = isObject(entry) ? judgement.notes : judgement.notes.slice(0, 1);
  if (row.verdict === "dropped") row.detail = { raw: rawText(entry) };
  return row;
}

const MAX_RAW = 16 * 1024;

function rawText(entry: unknown): string {
  const text = stringifyJson(entry);
  return text.length > MAX_RAW ? `${text.slice(0, MAX_RAW)}…` : text;
}
