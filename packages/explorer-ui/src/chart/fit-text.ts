/** Shortens a text to a width in canvas pixels, with an ellipsis. */
export function fitText(ctx: CanvasRenderingContext2D, text: string, width: number): string {
  // Names may be thousands of characters long, and measuring them takes time.
  const short = text.slice(0, 200);
  if (text.length === short.length && ctx.measureText(text).width <= width) return text;
  let end = short.length;
  while (end > 0 && ctx.measureText(`${short.slice(0, end)}…`).width > width) end -= 1;
  return end === 0 ? "" : `${short.slice(0, end)}…`;
}
