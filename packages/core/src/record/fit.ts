import type { Diagnostics } from "../diagnostics.js";
import { merge, type Flat } from "../flat.js";
import { FIXED_BYTES, flatSize, MAX_BYTES_PER_UNIT, quickSize, utf8Size } from "../size.js";
import type { DropOne } from "./check.js";
import type { Draft } from "./draft.js";

/** Makes a draft fit into `maxMetricBytes`, or drops it when no cutting of text can. */
export type Fit = (draft: Draft) => Draft | undefined;

export function createFit(limit: number, diagnostics: Diagnostics, drop: DropOne): Fit {
  return (draft) => {
    // Measuring UTF-8 takes a walk through every text: only where it could matter.
    if (quickSize(draft) * MAX_BYTES_PER_UNIT <= limit) return draft;
    const { name, bytes } = draft.series;
    const all = merge(draft.base?.attributes, draft.attributes);
    const cut = cutToFit(all, limit - bytes - FIXED_BYTES);
    if (cut === all) return draft;
    diagnostics.warn(
      "size",
      name,
      __DEV__ &&
        `"${name.slice(0, 100)}" has more than ${limit} bytes (maxMetricBytes): ` +
          (cut
            ? "its longest text attributes were cut."
            : "even without its texts, so it was dropped."),
    );
    if (cut) return { ...draft, attributes: cut, base: undefined };
    drop("invalid", name, 0);
    return undefined;
  };
}

/** Cuts the longest text, then the next, until all attributes take at most `limit` bytes of UTF-8. */
function cutToFit(attributes: Flat, limit: number): Flat | undefined {
  let cut = attributes;
  for (;;) {
    const excess = flatSize(cut, utf8Size) - limit;
    if (excess <= 0) return cut;
    let at = 0;
    let longest = "";
    for (let i = 1; i < cut.length; i += 2) {
      const value = cut[i];
      if (typeof value === "string" && value.length > longest.length) [at, longest] = [i, value];
    }
    if (longest === "") return undefined;
    const units = Math.ceil((excess * longest.length) / utf8Size(longest));
    cut = [...cut.slice(0, at), longest.slice(0, -units), ...cut.slice(at + 1)];
  }
}
