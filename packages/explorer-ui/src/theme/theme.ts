import { effect } from "@preact/signals";
import { kept } from "../parts/kept.js";

const THEMES = ["system", "light", "dark"] as const;
/** The theme: that of the system, or the one that was chosen in this browser. */
export type Theme = (typeof THEMES)[number];

/** The chosen theme. It is kept in the browser, not in the address: who gets a link keeps their own. */
export const theme = kept<Theme>("spanmeter.theme", "system");

/** Applies the theme. */
export function followTheme(): void {
  effect(() => {
    document.documentElement.dataset["theme"] = theme.value;
  });
}

/** Chooses the next theme. */
export function nextTheme(): void {
  theme.value = THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length] ?? "system";
}
