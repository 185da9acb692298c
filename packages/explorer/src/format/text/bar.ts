/** Eighths of a block, from none to seven. */
const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
const LEVELS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/** Draws a share from 0 to 1 as a bar of at most this many characters. A share above 0 is always visible. */
export function bar(share: number, width: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * width * 8);
  const visible = share > 0 ? Math.max(1, eighths) : 0;
  return `${"█".repeat(Math.floor(visible / 8))}${EIGHTHS[visible % 8]}`;
}

/** Draws numbers from 0 as a line of blocks, one a number; the greatest is a whole block, and 0 is a space. */
export function sparkline(numbers: readonly number[]): string {
  const greatest = Math.max(...numbers, 0);
  return numbers
    .map((number) =>
      number <= 0 ? " " : LEVELS[Math.max(0, Math.ceil((number / greatest) * LEVELS.length) - 1)],
    )
    .join("");
}

/** Draws the course of values as a sparkline of at most this many characters: neighbours share one, with their mean. */
export function shortSparkline(values: readonly (number | null)[], width: number): string {
  const perCharacter = Math.ceil(values.length / width);
  const characters = Array.from({ length: Math.ceil(values.length / perCharacter) }, (_, index) =>
    meanOf(values.slice(index * perCharacter, (index + 1) * perCharacter)),
  );
  return sparkline(characters);
}

/** The mean of the values that are there; 0 without any. */
function meanOf(values: readonly (number | null)[]): number {
  const present = values.filter((value) => value !== null);
  return present.reduce((sum, value) => sum + value / present.length, 0);
}
