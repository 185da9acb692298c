export interface Column<T> {
  title: string;
  /** The text of a cell, already safe for a terminal. */
  cell(row: T): string;
  align?: "left" | "right";
  /** The same in fewer characters, for a narrow terminal. */
  short?(row: T): string;
  /** A narrow terminal may cut the text. */
  cut?: boolean;
  /** A narrow terminal may do without the column; 1 leaves before 2, and so on. */
  spare?: 1 | 2 | 3 | 4 | 5;
}
