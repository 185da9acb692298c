import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const css = readFileSync(join(import.meta.dirname, "../src/theme/tokens.css"), "utf8");
/** Value of each token in both themes. */
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(
    ([, name = "", light = "", dark = ""]) => [name, { light, dark }],
  ),
);

const TEXT = ["text", "faint", "link", "bad", "warn", "good", "axis"];
const GRAPHICS = [
  "control",
  "accent",
  "focus",
  "others",
  "heat-0",
  "heat-1",
  "axis",
  "bad",
  "warn",
  ...[1, 2, 3, 4, 5, 6].map((number) => `series-${number}`),
];
const SURFACES = ["page", "raised", "sunken"];
/** Translucent, or lines that carry no meaning. */
const DECORATION = ["selection", "border", "grid"];

/** Contrast by WCAG 2.2. */
function contrast(one: string, other: string): number {
  const [high = 1, low = 1] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
  const colour = (name: string) => tokens.get(name)![theme];

  test.each(TEXT)("text in --%s is readable on every surface", (name) => {
    const contrasts = SURFACES.map((surface) => contrast(colour(name), colour(surface)));
    expect(Math.min(...contrasts)).toBeGreaterThanOrEqual(4.5);
  });

  test("text on the accent is readable", () => {
    expect(contrast(colour("on-accent"), colour("accent"))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(GRAPHICS)("--%s is visible on the page", (name) => {
    expect(contrast(colour(name), colour("page"))).toBeGreaterThanOrEqual(3);
  });

  test("shades of a heat map differ in lightness", () => {
    expect(contrast(colour("heat-0"), colour("heat-1"))).toBeGreaterThanOrEqual(3);
  });
});

test("every colour of the theme is checked", () => {
  const all = [...css.matchAll(/--([\w-]+): light-dark\(/g)].map(([, name]) => name);
  const checked = [...TEXT, ...GRAPHICS, ...SURFACES, ...DECORATION, "on-accent"];
  expect(all.filter((name) => !checked.includes(name!))).toEqual([]);
});
