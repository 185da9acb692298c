import stringWidth from "string-width";
import type { Column } from "./column.js";

/** A column with its texts and width. */
export interface Fitted {
  title: string;
  align: "left" | "right";
  cells: string[];
  width: number;
  canCut: boolean;
}

/** Spaces between two columns. */
export const GAP = 2;
/** The least readable width in characters: optional columns are dropped before a column becomes narrower. */
const READABLE = 16;
/** The smallest width of a column in characters. */
const LEAST = 6;

/** Drops, shortens and cuts columns until a row fits the width. Returns `undefined` when that is not possible. */
export function fitColumns<T>(
  rows: readonly T[],
  columns: readonly Column<T>[],
  width: number,
): Fitted[] | undefined {
  const layOut = (chosen: readonly Column<T>[], isShort: boolean): Fitted[] =>
    chosen.map((column) => fitted(column, rows, isShort));
  let result = layOut(columns, false);
  if (widthOf(result, READABLE) > width) result = layOut(columns, true);
  for (const rank of [1, 2, 3, 4, 5]) {
    if (widthOf(result, READABLE) <= width) break;
    columns = columns.filter(({ dropOrder }) => dropOrder !== rank);
    result = layOut(columns, true);
  }
  cutTo(result, width);
  return widthOf(result) <= width ? result : undefined;
}

function fitted<T>(column: Column<T>, rows: readonly T[], isShort: boolean): Fitted {
  const text = (isShort && column.short) || column.cell;
  const cells = rows.map((row) => text(row));
  const width = Math.max(...[column.title, ...cells].map((each) => stringWidth(each)));
  return {
    title: column.title,
    align: column.align ?? "left",
    cells,
    width,
    canCut: column.canCut ?? false,
  };
}

/** Returns the width of a row in which columns that may be cut have at most `most` characters. */
function widthOf(columns: readonly Fitted[], most = Infinity): number {
  const widths = columns.map(({ width, canCut }) => (canCut ? Math.min(width, most) : width));
  return widths.reduce((sum, each) => sum + each + GAP, -GAP);
}

/** Cuts the widest column first, so that columns that are cut become about equally wide. */
function cutTo(columns: readonly Fitted[], width: number): void {
  for (let excess = widthOf(columns) - width; excess > 0; excess--) {
    const [widest] = columns
      .filter((column) => column.canCut && column.width > LEAST)
      .sort((one, other) => other.width - one.width);
    if (widest === undefined) return;
    widest.width--;
  }
}
