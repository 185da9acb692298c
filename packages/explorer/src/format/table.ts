import Table from "cli-table3";
import type { Colours } from "./colour.js";
import type { Column } from "./column.js";
import { fitColumns, GAP } from "./fit.js";

interface Look {
  colours: Colours;
  /** Characters of a line. Default: as many as the rows need. */
  width?: number | undefined;
}

const NO_LINES = { top: "", "top-mid": "", "top-left": "", "top-right": "" };
const NO_BOTTOM = { bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" };
const NO_ROWS = { left: "", "left-mid": "", mid: "", "mid-mid": "", right: "", "right-mid": "" };

/** A table of aligned columns without frames, so that it can be read by people and cut by tools. */
export function formatTable<T>(
  rows: readonly T[],
  columns: readonly Column<T>[],
  { colours, width = Infinity }: Look,
): string {
  const fitted = fitColumns(rows, columns, width);
  const table = new Table({
    head: fitted.map(({ title }) => colours.faint(title)),
    colAligns: fitted.map(({ align }) => align),
    colWidths: fitted.map((column) => column.width),
    chars: { ...NO_LINES, ...NO_BOTTOM, ...NO_ROWS, middle: " ".repeat(GAP) },
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
  });
  table.push(...rows.map((_, index) => fitted.map(({ cells }) => cells[index] ?? "")));
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
