import type { Diagnostics } from "../contract/engine.js";
import type { Options } from "../contract/options.js";
import type { Part } from "../contract/part.js";

/** The slot that an option needs to be filled, and the part that fills it. */
const NEEDS: readonly { option: keyof Options; slot: keyof Part; part: string }[] = [
  { option: "spotlight", slot: "createCopyTransport", part: "spotlight()" },
  { option: "maxSeries", slot: "createFold", part: "folding()" },
  { option: "overflow", slot: "createFold", part: "folding()" },
];

/** Warns about options that have no effect because their part is missing. Called behind `__DEV__`. */
export function explainParts(diagnostics: Diagnostics, given: Options, parts: Part): void {
  for (const { option, slot, part } of NEEDS)
    if (!parts[slot] && !parts.createVolume && isGiven(given, option))
      diagnostics.warn(
        `part ${option}`,
        `The option "${option}" has no effect: this client was made without the part ${part}.`,
      );
}

function isGiven(given: Options, option: keyof Options): boolean {
  try {
    return Boolean(given[option]) && given[option] !== "drop";
  } catch {
    // Options that cannot be read have turned metrics off, which is logged.
    return false;
  }
}
