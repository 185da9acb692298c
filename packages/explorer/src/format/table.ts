import Table from "cli-table3";
import type { Colours } from "./colour.js";

export interface Column<T> {
  title: string;
  /** The text of a cell, already safe for a terminal. */
  cell(row: T): string;
  align?: "left" | "right";
}

const NO_LINES = { top: "", "top-mid": "", "top-left": "", "top-right": "" };
const NO_BOTTOM = { bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" };
const NO_ROWS = { left: "", "left-mid": "", mid: "", "mid-mid": "", right: "", "right-mid": "" };

/** A table of aligned columns without frames, so that it can be read by people and cut by tools. */
export function formatTable<T>(
  rows: readonly T[],
  columns: readonly Column<T>[],
  colours: Colours,
): string {
  const table = new Table({
    head: columns.map((column) => colours.faint(column.title)),
    colAligns: columns.map((column) => column.align ?? "left"),
    chars: { ...NO_LINES, ...NO_BOTTOM, ...NO_ROWS, middle: "  " },
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
  });
  table.push(...rows.map((row) => columns.map((column) => column.cell(row))));
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
