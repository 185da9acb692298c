import type { Page } from "playwright-core";

/** Returns the colours of tokens of the page's style sheet in its present theme, as red, green and blue from 0 to 1. */
export const readTokens = (
  page: Page,
  names: readonly string[],
): Promise<Record<string, number[]>> =>
  page.evaluate((asked) => {
    const probe = document.body.appendChild(document.createElement("i"));
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true })!;
    const read = (name: string): number[] => {
      probe.style.color = `var(${name})`;
      canvas.fillStyle = getComputedStyle(probe).color;
      canvas.fillRect(0, 0, 1, 1);
      return Array.from(canvas.getImageData(0, 0, 1, 1).data.slice(0, 3), (each) => each / 255);
    };
    const found = Object.fromEntries(asked.map((name) => [name, read(name)]));
    probe.remove();
    return found;
  }, names);

/** The contrast of two colours by WCAG 2.2, from 1 to 21. */
export function contrast(one: readonly number[], other: readonly number[]): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter! + 0.05) / (darker! + 0.05);
}

function luminance(colour: readonly number[]): number {
  const [red, green, blue] = colour.map((each) =>
    each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
