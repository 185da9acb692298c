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
  function invalid(name: unknown, problem: string): undefined {
    const label = typeof name === "string" ? name : undefined;
    diagnostics.warn(`invalid ${label}`, `A metric was dropped: ${problem}`);
    drop("invalid", label, 0);
  }

  return (type, name, value, unit) => {
    if (typeof name !== "string")
      return invalid(name, `a ${type} needs a name, not ${show(name)}.`);
    // NaN and Infinity become `null` in JSON, which makes Relay drop the metric (wire.md 3.5).
    if (typeof value !== "number" || !Number.isFinite(value))
      return invalid(name, `the value of "${name}" must be a finite number, not ${show(value)}.`);
    if (unit !== undefined && typeof unit !== "string")
      diagnostics.warn(`unit ${name}`, `The unit of "${name}" must be text, not ${show(unit)}.`);
    const found = series.find(type, name, typeof unit === "string" && unit ? unit : undefined);
    return found ?? invalid(name, `a ${type} needs a name that is not blank.`);
  };
}

function show(given: unknown): string {
  return typeof given === "number" || given === undefined || given === null
    ? String(given)
    : `a ${typeof given}`;
}
