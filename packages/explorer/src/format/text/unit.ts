import { formatNumber } from "./number.js";

const SYMBOLS: Readonly<Record<string, string>> = {
  nanosecond: "ns",
  microsecond: "µs",
  millisecond: "ms",
  second: "s",
  minute: "min",
  hour: "h",
  day: "d",
  week: "wk",
  bit: "bit",
  byte: "B",
  kilobyte: "kB",
  kibibyte: "KiB",
  megabyte: "MB",
  mebibyte: "MiB",
  gigabyte: "GB",
  gibibyte: "GiB",
  terabyte: "TB",
  tebibyte: "TiB",
  petabyte: "PB",
  pebibyte: "PiB",
  exabyte: "EB",
  exbibyte: "EiB",
  percent: "%",
};

/** Returns the symbol of a unit; an empty text for `none` and for ratios. */
const unitSymbol = (unit: string | undefined): string => SYMBOLS[unit ?? ""] ?? "";

/** Formats a value with the symbol of its unit; `-` for `null` and `undefined`. */
export function formatValue(value: number | null | undefined, unit: string | undefined): string {
  const symbol = value == null ? "" : unitSymbol(unit);
  return [formatNumber(value), symbol].filter(Boolean).join(" ");
}

const BYTE_UNITS = ["B", "kB", "MB", "GB", "TB"];

/** Formats a number of bytes in a unit that fits its size; a kB is a thousand bytes. */
export function formatBytes(bytes: number): string {
  let amount = bytes;
  let index = 0;
  while (amount >= 999.5 && index < BYTE_UNITS.length - 1) {
    amount /= 1_000;
    index++;
  }
  return `${formatNumber(round(amount))} ${BYTE_UNITS[index]}`;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Formats a duration in milliseconds, in a unit that fits its size. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds >= 2 * DAY_MS) return `${formatNumber(round(milliseconds / DAY_MS))} d`;
  if (milliseconds >= HOUR_MS) return `${formatNumber(round(milliseconds / HOUR_MS))} h`;
  if (milliseconds >= 60_000) return `${formatNumber(round(milliseconds / 60_000))} min`;
  if (milliseconds >= 1_000) return `${formatNumber(round(milliseconds / 1_000))} s`;
  if (milliseconds >= 1) return `${formatNumber(round(milliseconds))} ms`;
  return `${formatNumber(Math.round(milliseconds * 1_000))} µs`;
}

const round = (value: number): number => Number(value.toPrecision(3));
