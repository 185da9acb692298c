import { signal } from "@preact/signals";

/** Shades of a heat map, from the least count to the greatest. */
export const HEAT_STEPS = 32;

/** Colours and font of a canvas: it cannot read the tokens of the style sheet itself. */
export interface Palette {
  /** Returns the colour of a token, for example `--series-1`. */
  readonly colour: (token: string) => string;
  /** Returns the colour of a token, mixed with that of the page: for areas under lines. */
  readonly fill: (token: string) => string;
  readonly heat: readonly string[];
  readonly font: string;
}

/** The palette of the present theme. */
export const palette = signal<Palette>({
  colour: () => "#808080",
  fill: () => "#808080",
  heat: [],
  font: "sans-serif",
});

let isFollowing = false;

/** Reads the palette, now and whenever the theme changes. */
export function followPalette(): void {
  if (isFollowing) return;
  isFollowing = true;
  const read = () => (palette.value = readPalette());
  read();
  const root = document.documentElement;
  new MutationObserver(read).observe(root, { attributes: true, attributeFilter: ["data-theme"] });
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
    matchMedia(query).addEventListener("change", read);
  }
  // Text that was drawn before a font arrived has the width of another.
  void document.fonts.ready.then(read);
}

/** A hidden element resolves `light-dark()` and `color-mix()`, which the text of a custom property does not. */
function readPalette(): Palette {
  const probe = document.createElement("span");
  probe.className = "chart-probe";
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const resolve = (value: string) => {
    probe.style.color = value;
    return style.color;
  };
  const readAll = (write: (token: string) => string) => {
    const known = new Map(TOKENS.map((token) => [token, resolve(write(token))]));
    return (token: string) => known.get(token) ?? style.color;
  };
  const found: Palette = {
    colour: readAll((token) => `var(${token})`),
    fill: readAll((token) => `color-mix(in srgb, var(${token}) 45%, var(--page))`),
    heat: Array.from({ length: HEAT_STEPS }, (_, step) =>
      resolve(
        `color-mix(in oklab, var(--heat-1) ${(step / (HEAT_STEPS - 1)) * 100}%, var(--heat-0))`,
      ),
    ),
    font: style.fontFamily,
  };
  probe.remove();
  return found;
}

const SERIES = [1, 2, 3, 4, 5, 6].map((number) => `--series-${number}`);
const TOKENS = [
  ...SERIES,
  "--others",
  "--page",
  "--text",
  "--axis",
  "--grid",
  "--accent",
  "--bad",
  "--warn",
];
