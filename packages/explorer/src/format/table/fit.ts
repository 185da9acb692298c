import stringWidth from "string-width";
import type { Column } from "./column.js";

/** A column with its texts, as they will stand in the table. */
export interface Fitted {
  title: string;
  align: "left" | "right";
  cells: string[];
  width: number;
  cut: boolean;
}

/** Spaces between two columns. */
export const GAP = 2;
/** A column with fewer characters says little: before that, spare ones leave. */
const READABLE = 16;
const LEAST = 6;

/** Chooses, shortens and cuts columns until a row fits the width; `undefined` when it cannot be made to fit. */
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
    columns = columns.filter(({ spare }) => spare !== rank);
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
    cut: column.cut ?? false,
  };
}

/** How wide a row is when columns that may be cut have at most `most` characters. */
function widthOf(columns: readonly Fitted[], most = Infinity): number {
  const widths = columns.map(({ width, cut }) => (cut ? Math.min(width, most) : width));
  return widths.reduce((sum, each) => sum + each + GAP, -GAP);
}

/** Takes from the widest first, so that what is cut ends up about equally wide. */
function cutTo(columns: readonly Fitted[], width: number): void {
  for (let excess = widthOf(columns) - width; excess > 0; excess--) {
    const [widest] = columns
      .filter((column) => column.cut && column.width > LEAST)
      .sort((one, other) => other.width - one.width);
    if (widest === undefined) return;
    widest.width--;
  }
}
