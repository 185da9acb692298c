import { chooseColours, type Colours } from "../format/colour.js";
import { safeLines } from "../format/safe-text.js";
import { formatTable, type Column } from "../format/table.js";

/** Where a command writes: results to stdout, remarks to stderr, so that a pipe gets results alone. */
export interface Output {
  readonly colours: Colours;
  line(text: string): void;
  json(value: unknown): void;
  table<T>(rows: readonly T[], columns: readonly Column<T>[]): void;
  remark(text: string): void;
}

export function createOutput(): Output {
  const colours = chooseColours(process.stdout.isTTY === true, process.env);
  const line = (text: string): void => void process.stdout.write(`${text}\n`);
  return {
    colours,
    line,
    json: (value) => line(safeLines(JSON.stringify(value, null, process.stdout.isTTY ? 2 : 0))),
    table: (rows, columns) => line(formatTable(rows, columns, colours)),
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
