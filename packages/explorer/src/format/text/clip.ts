import stringWidth from "string-width";

/** Cuts text to a width in characters of a terminal, with a mark where something is missing. */
export function clip(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = "";
  for (const character of text) {
    if (stringWidth(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}
