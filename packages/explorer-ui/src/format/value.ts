import { formatNumber } from "./number.js";

/** Steps of units that people read in larger ones. Units are Sentry's names. */
const LADDERS: readonly (readonly (readonly [unit: string, short: string, size: number])[])[] = [
  [
    ["nanosecond", "ns", 1],
    ["microsecond", "µs", 1e3],
    ["millisecond", "ms", 1e6],
    ["second", "s", 1e9],
    ["minute", "min", 6e10],
    ["hour", "h", 3.6e12],
    ["day", "d", 8.64e13],
    ["week", "wk", 6.048e14],
  ],
  [
    ["byte", "B", 1],
    ["kilobyte", "kB", 1e3],
    ["megabyte", "MB", 1e6],
    ["gigabyte", "GB", 1e9],
    ["terabyte", "TB", 1e12],
  ],
  [
    ["bit", "bit", 1 / 8],
    ["kibibyte", "KiB", 1024],
    ["mebibyte", "MiB", 1024 ** 2],
    ["gibibyte", "GiB", 1024 ** 3],
  ],
];

/** Writes a value with its unit, in the step of the unit in which it is best read, for example `1.24 s`. */
export function formatValue(value: number | null | undefined, unit: string): string {
  if (value === null || value === undefined) return "–";
  if (!Number.isFinite(value)) return String(value);
  if (unit === "none" || unit === "") return formatNumber(value);
  if (unit === "ratio") return `${formatNumber(value * 100)} %`;
  if (unit === "percent") return `${formatNumber(value)} %`;
  const ladder = LADDERS.find((steps) => steps.some(([name]) => name === unit));
  const given = ladder?.find(([name]) => name === unit);
  if (!ladder || !given) return `${formatNumber(value)} ${unit}`;
  const size = Math.abs(value * given[2]);
  const step = ladder.findLast((each) => size >= each[2]) ?? (size === 0 ? given : ladder[0]!);
  return `${formatNumber((value * given[2]) / step[2])} ${step[1]}`;
}

/** Writes bytes, for example `1.2 kB`. */
export const formatBytes = (bytes: number): string => formatValue(bytes, "byte");

/** Writes a duration given in milliseconds, for example `1.24 s`. */
export const formatMs = (ms: number): string => formatValue(ms, "millisecond");
