type Colour = (text: string) => string;

/** The colours, by their meaning. */
export interface Colours {
  strong: Colour;
  faint: Colour;
  good: Colour;
  warn: Colour;
  bad: Colour;
}

const wrap =
  (code: number, end: number): Colour =>
  (text) =>
    `\u001b[${code}m${text}\u001b[${end}m`;

const plain: Colour = (text) => text;

const COLOURED: Colours = {
  strong: wrap(1, 22),
  faint: wrap(2, 22),
  good: wrap(32, 39),
  warn: wrap(33, 39),
  bad: wrap(31, 39),
};

const PLAIN: Colours = { strong: plain, faint: plain, good: plain, warn: plain, bad: plain };

/** Chooses colours for a terminal, and none for a pipe or when NO_COLOR is set (https://no-color.org). */
export function chooseColours(
  isTerminal: boolean,
  env: Record<string, string | undefined>,
): Colours {
  return isTerminal && !env["NO_COLOR"] && env["TERM"] !== "dumb" ? COLOURED : PLAIN;
}
