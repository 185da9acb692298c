import type { Diagnostics } from "../diagnostics.js";
import type { DropReason } from "../drop.js";
import type { MetricType } from "../metric.js";
import type { Series } from "../waiting.js";
import type { SeriesTable } from "./series-table.js";

/** Announces a loss of one metric. */
export type DropOne = (reason: DropReason, name: string | undefined, bytes: number) => void;

/** Finds the series of a call, or drops the call as `invalid` and says why. */
export type Check = (
  type: MetricType,
  name: unknown,
  value: unknown,
  unit: unknown,
) => Series | undefined;

export function createCheck(series: SeriesTable, diagnostics: Diagnostics, drop: DropOne): Check {
  return (type, name, value, unit) => {
    const isText = typeof name === "string";
    // NaN and Infinity become `null` in JSON, which makes Relay drop the metric (wire.md 3.5).
    const isNumber = typeof value === "number" && Number.isFinite(value);
    const found =
      isText && isNumber
        ? series.find(type, name, typeof unit === "string" && unit ? unit : undefined)
        : undefined;
    if (!found) {
      diagnostics.warn("invalid", show(name), __DEV__ && invalidText(type, name, value, isNumber));
      drop("invalid", isText ? name : undefined, 0);
    } else if (unit !== undefined && typeof unit !== "string")
      diagnostics.warn(
        "unit",
        name,
        __DEV__ && `The unit of "${found.name}" must be text, not ${show(unit)}; it was left out.`,
      );
    return found;
  };
}

function invalidText(type: MetricType, name: unknown, value: unknown, isNumber: boolean): string {
  if (typeof name !== "string")
    return `A ${type} was dropped: its name is ${show(name)}, not text.`;
  return isNumber
    ? `A ${type} was dropped: its name is blank.`
    : `The ${type} "${name}" was dropped: its value is ${show(value)}, not a finite number.`;
}

/** Says what was given without touching it: a hostile object may throw when it is made text. */
function show(given: unknown): string {
  const kind = typeof given;
  return kind === "object" || kind === "function" || kind === "symbol"
    ? `a ${kind}`
    : `${String(given as string | number).slice(0, 100)}`;
}
