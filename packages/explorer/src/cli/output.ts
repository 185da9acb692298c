import { stringifyJson } from "../model/json.js";
import { chooseColours, type Colours } from "../format/text/colour.js";
import { safeLines } from "../format/text/safe-text.js";
import type { Column } from "../format/table/column.js";
import { formatTable } from "../format/table/table.js";

/** Where a command writes: results to stdout, remarks to stderr, so that a pipe gets results alone. */
export interface Output {
  readonly colours: Colours;
  /** Characters of a line; `undefined` where no terminal sets a limit. */
  readonly width: number | undefined;
  line(text: string): void;
  json(value: unknown): void;
  table<T>(rows: readonly T[], columns: readonly Column<T>[]): void;
  remark(text: string): void;
}

export function createOutput(): Output {
  const colours = chooseColours(process.stdout.isTTY === true, process.env);
  const line = (text: string): void => void process.stdout.write(`${text}\n`);
  // A terminal that was never told its size says 0.
  const width = (process.stdout.isTTY && process.stdout.columns) || undefined;
  return {
    colours,
    width,
    line,
    json: (value) => line(safeLines(stringifyJson(value, process.stdout.isTTY ? 2 : 0))),
    table: (rows, columns) => line(formatTable(rows, columns, { colours, width })),
    remark: (text) => void process.stderr.write(`${safeLines(text)}\n`),
  };
}

/** A reader that has seen enough (`| head`) closes the pipe: that is no failure. */
export function endQuietlyOnClosedPipe(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
}
