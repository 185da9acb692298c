import { formatNumber } from "./number.js";
import { formatValue } from "./unit.js";

/** Formats a difference with its sign and the symbol of its unit; `-` for `null`. */
export const formatDifference = (difference: number | null, unit: string | undefined): string =>
  `${signOf(difference)}${formatValue(difference, unit)}`;

/**
 * Formats how much a value changed, in percent of the earlier one with three digits: `new` without an earlier value, and
 * `-` when there is nothing to divide by.
 */
export function formatChange(now: number | null, before: number | null): string {
  if (before === null) return now === null ? "-" : "new";
  if (now === null || before === 0) return "-";
  const percent = Number((((now - before) / Math.abs(before)) * 100).toPrecision(3));
  return Number.isFinite(percent) ? `${signOf(percent)}${formatNumber(percent)} %` : "-";
}

const signOf = (number: number | null): string => (number !== null && number > 0 ? "+" : "");
