import {
  must,
  mustBeFinite,
  mustBeObject,
  mustBeOneOf,
  mustBeString,
  mustHaveOnly,
  type JsonObject,
} from "./broken-rule.js";
import type { EnvelopeRules, ReadItem } from "./envelope-rules.js";
import { metricSize } from "./metric-size.js";
import { readAttributes, type ReadAttribute } from "./read-attributes.js";

/** One metric as Relay accepts it. */
export interface ReadMetric {
  readonly type: "counter" | "gauge" | "distribution";
  readonly name: string;
  readonly value: number;
  readonly unit?: string;
  /** Seconds since the epoch. */
  readonly timestamp: number;
  readonly traceId: string;
  readonly spanId?: string;
  readonly attributes: { readonly [key: string]: ReadAttribute };
  /** The type of each attribute on the wire. */
  readonly attributeTypes: { readonly [key: string]: string };
  /** The bytes that Sentry bills for it. */
  readonly bytes: number;
}

/** The content type of a metric container. */
export const METRIC_CONTENT_TYPE = "application/vnd.sentry.items.trace-metric+json";
const MAX_CONTAINER_BYTES = 12 * 1024 * 1024;
const FIELDS = ["timestamp", "trace_id", "span_id", "name", "type", "unit", "value", "attributes"];

/** Reads one `trace_metric` item by the rules of docs/protocol.md#relay. */
export function readMetrics(item: ReadItem, path: string, rules: EnvelopeRules): ReadMetric[] {
  const { content_type: contentType, item_count: count } = item.header;
  mustBeOneOf(contentType, [METRIC_CONTENT_TYPE], `${path}.header.content_type`);
  must(item.payload.length <= MAX_CONTAINER_BYTES, path, "must be at most 12 MiB");
  const container = item.json;
  mustBeObject(container, path);
  if (!rules.foreign) checkContainerHead(container, path);
  const { items } = container;
  must(Array.isArray(items) && items.length > 0, `${path}.items`, "must be a list of metrics");
  must(
    count === items.length,
    `${path}.header.item_count`,
    `must be ${items.length}, not ${String(count)}`,
  );
  const average = item.payload.length / items.length;
  const limit = rules.maxAverageBytes ?? Infinity;
  must(average <= limit, path, `holds ${average} bytes a metric on average, more than ${limit}`);
  return items.map((metric: unknown, index) =>
    readMetric(metric, `${path}.items[${index}]`, rules),
  );
}

function checkContainerHead(container: JsonObject, path: string): void {
  mustHaveOnly(container, ["version", "ingest_settings", "items"], path);
  mustBeOneOf(container["version"], [2], `${path}.version`);
  const settings = container["ingest_settings"];
  if (settings === undefined) return;
  mustBeObject(settings, `${path}.ingest_settings`);
  mustHaveOnly(settings, ["infer_ip", "infer_user_agent"], `${path}.ingest_settings`);
  mustBeOneOf(settings["infer_ip"], ["auto", "never"], `${path}.ingest_settings.infer_ip`);
  mustBeOneOf(
    settings["infer_user_agent"],
    ["auto", "never"],
    `${path}.ingest_settings.infer_user_agent`,
  );
}

function readMetric(metric: unknown, path: string, rules: EnvelopeRules): ReadMetric {
  mustBeObject(metric, path);
  must(!("__header" in metric), path, "must not carry a __header: only Relay may");
  mustHaveOnly(metric, FIELDS, path);
  const { type, name, value, unit, timestamp, trace_id: traceId, span_id: spanId } = metric;
  mustBeOneOf(type, ["counter", "gauge", "distribution"], `${path}.type`);
  mustBeString(name, `${path}.name`);
  must(name.trim() !== "", `${path}.name`, "must not be blank");
  mustBeFinite(value, `${path}.value`);
  mustBeSeconds(timestamp, `${path}.timestamp`);
  mustBeId(traceId, 32, `${path}.trace_id`);
  if (spanId !== undefined) mustBeId(spanId, 16, `${path}.span_id`);
  if (unit !== undefined) mustBeString(unit, `${path}.unit`);
  const { attributes, attributeTypes } = readAttributes(metric["attributes"], `${path}.attributes`);
  const bytes = metricSize({ name, value, attributes });
  const limit = rules.maxMetricBytes ?? 1024 * 1024;
  must(bytes <= limit, path, `weighs ${bytes} bytes, more than ${limit}`);
  return {
    type: type as ReadMetric["type"],
    name,
    value,
    timestamp,
    traceId,
    attributes,
    attributeTypes,
    bytes,
    ...(unit !== undefined && { unit }),
    ...(spanId !== undefined && { spanId }),
  };
}

/** Allows times from 1970 to the year 5138; milliseconds instead of seconds exceed that. */
function mustBeSeconds(value: unknown, path: string): asserts value is number {
  mustBeFinite(value, path);
  must(value >= 0 && value <= 1e11, path, `must be seconds since 1970, not ${value}`);
}

function mustBeId(value: unknown, digits: number, path: string): asserts value is string {
  mustBeString(value, path);
  const isId = value.length === digits && /^[0-9a-f]+$/.test(value) && !/^0+$/.test(value);
  must(isId, path, `must be ${digits} lower-case hex digits, not all zero, not "${value}"`);
}
