import { merge, type Flat } from "../flat.js";
import type { AttributeValue } from "../metric.js";
import type { Base, Series, Waiting } from "../waiting.js";
import type { Quote } from "./text.js";

const SEQUENCE = "sentry.timestamp.sequence";

/** JSON text of one metric, as wire.md 1.3 lists its fields. */
export type MetricText = (metric: Waiting) => string;

export function createMetricText(quote: Quote): MetricText {
  function valueText(value: AttributeValue): string {
    switch (typeof value) {
      case "string":
        return `${quote(value)},"type":"string"}`;
      case "boolean":
        return `${value},"type":"boolean"}`;
      case "number":
        return numberText(value);
      default:
        return `[${value.map(elementText).join()}],"type":"array"}`;
    }
  }

  const elementText = (value: string | number | boolean): string =>
    typeof value === "string" ? quote(value) : String(value);

  function attributesText(flat: Flat): string {
    let text = "";
    for (let i = 0; i < flat.length; i += 2) {
      const key = flat[i] as string;
      // It is ours to count, and a key that stands twice makes strict readers refuse the container.
      if (key !== SEQUENCE)
        text += `${quote(key)}:{"value":${valueText(flat[i + 1] as AttributeValue)},`;
    }
    return text;
  }

  function seriesText(series: Series): string {
    const unit = series.unit === undefined ? "" : `,"unit":${quote(series.unit)}`;
    return (series.text ??= `,"name":${quote(series.name)},"type":"${series.type}"${unit},"value":`);
  }

  const baseText = (base: Base): string => (base.text ??= attributesText(base.attributes));

  /** The metric's own attributes win over the shared ones of the same key. */
  function allAttributes({ attributes, base }: Waiting): string {
    if (!base) return attributesText(attributes);
    for (let i = 0; i < attributes.length; i += 2)
      if (base.keys.has(attributes[i] as string))
        return attributesText(merge(base.attributes, attributes));
    return attributesText(attributes) + baseText(base);
  }

  return (metric) => {
    const { traceId, spanId } = metric.trace;
    const span = spanId === undefined ? "" : `,"span_id":"${spanId}"`;
    return (
      `{"timestamp":${metric.time / 1000},"trace_id":"${traceId}"${span}` +
      `${seriesText(metric.series)}${metric.value},"attributes":{${allAttributes(metric)}` +
      `"${SEQUENCE}":{"value":${metric.sequence},"type":"integer"}}}`
    );
  };
}

/** A whole number beyond 2^53 is sent as a double: it was never exact, and may not fit into 64 bits. */
function numberText(value: number): string {
  if (!Number.isFinite(value)) return `"${value}","type":"string"}`;
  return `${value},"type":"${Number.isSafeInteger(value) ? "integer" : "double"}"}`;
}
