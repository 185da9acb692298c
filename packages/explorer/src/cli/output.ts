import { stringifyJson } from "../model/json.js";
import { chooseColours, type Colours } from "../format/text/colour.js";
import { safeLines } from "../format/text/safe-text.js";
import type { Column } from "../format/table/column.js";
import { formatTable } from "../format/table/table.js";

/** The output of a command: results to stdout, remarks to stderr, so that a pipe contains only results. */
export interface Output {
  /** Colours of the terminal. */
  readonly colours: Colours;
  /** Width of the terminal in characters; `undefined` in a pipe. */
  readonly width: number | undefined;
  /** Writes a line to stdout. */
  line(text: string): void;
  /** Writes an answer as a JSON object to stdout, with the number of its form as `schema`. */
  json(answer: object): void;
  /** Writes a table to stdout. */
  table<T>(rows: readonly T[], columns: readonly Column<T>[]): void;
  /** Writes a line to stderr. */
  remark(text: string): void;
}

/** Number of the form of `--json`. It changes when a member is removed or gets another meaning, not when one is added. */
const JSON_SCHEMA = 1;

/** Creates the output of this process. */
export function createOutput(): Output {
  const colours = chooseColours(process.stdout.isTTY === true, process.env);
  const line = (text: string): void => void process.stdout.write(`${text}\n`);
  // A terminal without a known size has 0 columns.
  const width = (process.stdout.isTTY && process.stdout.columns) || undefined;
  return {
    colours,
    width,
    line,
    json: (answer) => {
      const indent = process.stdout.isTTY ? 2 : 0;
      line(safeLines(stringifyJson({ schema: JSON_SCHEMA, ...answer }, indent)));
    },
    table: (rows, columns) => line(formatTable(rows, columns, { colours, width })),
    remark: (text) => void process.stderr.write(`${safeLines(text)}\n`),
  };
}

/** Ends the process without an error when the reader closes the pipe (`| head`). */
export function endQuietlyOnClosedPipe(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
}
