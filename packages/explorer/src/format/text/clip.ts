import stringWidth from "string-width";

/** Cuts text to a width in characters of a terminal; text that was cut ends with `…`. */
export function clip(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let start = "";
  for (const character of text) {
    if (stringWidth(start + character) > width - 1) break;
    start += character;
  }
  return `${start}…`;
}
