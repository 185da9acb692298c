import { styleText } from "node:util";

const { env, stdout } = process;
const coloured = Boolean(env.FORCE_COLOR) || (stdout.isTTY && !env.NO_COLOR && env.TERM !== "dumb");
const paint = (style) => (text) => (coloured ? styleText(style, text) : text);

/** Styles with a meaning. In a pipe and with NO_COLOR, they return plain text. */
export const strong = paint("bold");
export const faint = paint("dim");
export const good = paint("green");
export const warn = paint("yellow");
export const bad = paint("red");

export const line = (text = "") => stdout.write(`${text}\n`);

/** Creates a line of progress. On a terminal, updates overwrite it; elsewhere only `done` prints it. */
export function createProgress(label) {
  const started = performance.now();
  const write = (mark, note) => `${mark} ${label.padEnd(30)} ${note}`;
  const over = (text) => stdout.isTTY && stdout.write(`\r\u001b[2K${text}`);
  over(write(faint("·"), ""));
  return {
    update: (note) => over(write(faint("·"), faint(note))),
    done(note = "") {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      over("");
      line(write(good("✓"), `${faint(`${seconds.padStart(5)} s`)}  ${note}`));
    },
  };
}

/** Prints a headline of the report. */
export function headline(number, text) {
  line();
  line(strong(`${number}  ${text}`));
  line(faint("─".repeat(WIDTH)));
}

/** The report has two widths; the narrow one is for terminals with 80 columns. */
const columns = (stdout.isTTY && stdout.columns) || Number(env.COLUMNS) || 98;
export const NARROW = columns < 98;
export const WIDTH = NARROW ? 79 : 98;
