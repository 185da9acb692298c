import type { Change, ComparedMeasure } from "../../model/changes.js";
import type { MetricIdentity } from "../../model/metric.js";
import { safeText } from "../text/safe-text.js";
import { formatValue } from "../text/unit.js";

/** Formats an attribute value as it is written in a filter; `no route` for items without the attribute. */
export function valueText({ key, value, kind }: Pick<Change, "key" | "value" | "kind">): string {
  if (value === null) return `no ${safeText(key)}`;
  return `${safeText(key)}${kind === "range" ? " from " : "="}${safeText(value)}`;
}

/** Formats a share from 0 to 1. */
export const shareText = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** Formats a probability. */
export const probabilityText = (p: number): string => (p < 0.001 ? "< 0.001" : p.toFixed(3));

/** Formats a number of a measure: a share, or a value in the unit of the metric. */
export function measureText(
  number: number,
  { kind }: Pick<ComparedMeasure, "kind">,
  { unit }: MetricIdentity,
): string {
  if (kind === "share-above") return shareText(number);
  const value = formatValue(Number(number.toPrecision(4)), unit);
  return kind === "rate" ? `${value} a minute` : value;
}

/** Names what a strip of time is compared by. */
export function measureName(
  { kind, threshold }: ComparedMeasure,
  { name, unit }: MetricIdentity,
): string {
  const metric = safeText(name);
  if (kind === "share-above") {
    const limit = threshold === undefined ? threshold : Number(threshold.toPrecision(4));
    return `the share of ${metric} above ${formatValue(limit, unit)}`;
  }
  return kind === "rate" ? `the sum of ${metric}` : `the average of ${metric}`;
}
