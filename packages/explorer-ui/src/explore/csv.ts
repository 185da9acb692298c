import type { LineChart } from "../chart/chart-model.js";

/** Spreadsheets take these at the beginning of a cell for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** Writes the numbers of a chart as CSV (RFC 4180): one row a bucket, one column a line. */
export function csvOf({ times, lines, earlierLabel }: LineChart): string {
  const head = lines.flatMap(({ label }) =>
    earlierLabel ? [label, `${label} (${earlierLabel})`] : [label],
  );
  const rows = times.map((time, at) => [
    new Date(time * 1000).toISOString(),
    ...lines.flatMap(({ values, earlier }) =>
      earlierLabel ? [values[at] ?? null, earlier?.[at] ?? null] : [values[at] ?? null],
    ),
  ]);
  return [["time", ...head], ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}
