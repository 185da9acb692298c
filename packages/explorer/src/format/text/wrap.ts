import stringWidth from "string-width";

/** Breaks text into lines at its spaces. A word longer than a line is cut into pieces. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((each) => pieces(each, width))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (stringWidth(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    line = word;
  }
  return [...lines, line];
}

function pieces(word: string, width: number): string[] {
  if (stringWidth(word) <= width) return [word];
  const result: string[] = [""];
  for (const character of word) {
    const last = `${result.at(-1)}${character}`;
    if (stringWidth(last) <= Math.max(1, width)) result[result.length - 1] = last;
    else result.push(character);
  }
  return result;
}
