import Table from "cli-table3";
import stringWidth from "string-width";
import { clip } from "../text/clip.js";
import type { Colours } from "../text/colour.js";
import type { Column } from "./column.js";
import { fitColumns, GAP } from "./fit.js";

interface TableOptions {
  colours: Colours;
  /**
   * Width of a line in characters.
   * @default as many as the rows need
   */
  width?: number | undefined;
}

const NO_LINES = { top: "", "top-mid": "", "top-left": "", "top-right": "" };
const NO_BOTTOM = { bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" };
const NO_ROWS = { left: "", "left-mid": "", mid: "", "mid-mid": "", right: "", "right-mid": "" };

/**
 * Formats a table of aligned columns without lines between them, for people and for tools such as `cut`. When rows do not
 * fit into the width, each becomes a block with one value per line.
 */
export function formatTable<T>(
  rows: readonly T[],
  columns: readonly Column<T>[],
  { colours, width = Infinity }: TableOptions,
): string {
  const fitted = fitColumns(rows, columns, width);
  if (fitted === undefined) return formatBlocks(rows, columns, { colours, width });
  return render(
    rows.map((_, index) => fitted.map(({ cells }) => cells[index] ?? "")),
    {
      head: fitted.map(({ title }) => colours.faint(title)),
      colAligns: fitted.map(({ align }) => align),
      colWidths: fitted.map((column) => column.width),
    },
  );
}

function formatBlocks<T>(
  rows: readonly T[],
  columns: readonly Column<T>[],
  { colours, width = Infinity }: TableOptions,
): string {
  const titles = columns.map(({ title }) => clip(title, Math.floor(width / 2)));
  const titleWidth = Math.max(...titles.map((title) => stringWidth(title)));
  const colWidths = [titleWidth, width - titleWidth - GAP];
  const blocks = rows.map((row) =>
    render(
      columns.map((column, index) => [
        colours.faint(titles[index] ?? ""),
        (column.short ?? column.cell)(row),
      ]),
      { colWidths },
    ),
  );
  return blocks.join("\n\n");
}

function render(rows: string[][], options: Partial<Table.TableConstructorOptions>): string {
  const table = new Table({
    ...options,
    chars: { ...NO_LINES, ...NO_BOTTOM, ...NO_ROWS, middle: " ".repeat(GAP) },
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
  });
  table.push(...rows);
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
