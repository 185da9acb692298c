/** A value of a table. */
export type Cell = string | number | boolean | null | undefined;

/** Spreadsheets take these at the beginning of a cell for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

function written(value: Cell): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "string") return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** Writes a table as CSV (RFC 4180). */
export const csvOf = (rows: readonly (readonly Cell[])[]): string =>
  rows.map((row) => `${row.map(written).join(",")}\r\n`).join("");
