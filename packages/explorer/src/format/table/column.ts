/** A column of a table. */
export interface Column<T> {
  /** Title of the column. */
  title: string;
  /** Returns the text of a cell, without control characters. */
  cell(row: T): string;
  /**
   * Alignment of the text.
   * @default "left"
   */
  align?: "left" | "right";
  /** Returns the text of a cell in fewer characters, for a narrow terminal. */
  short?(row: T): string;
  /**
   * Whether the text may be cut in a narrow terminal.
   * @default false
   */
  canCut?: boolean;
  /** The order in which columns are dropped in a narrow terminal, 1 first; without it the column stays. */
  dropOrder?: 1 | 2 | 3 | 4 | 5;
}
