import type { Diagnostics } from "../diagnostics.js";
import { merge, type Flat } from "../flat.js";
import type { AttributeValue } from "../metric.js";
import { flatSize, MAX_BYTES_PER_UNIT, utf8Size } from "../size.js";
import type { DropOne } from "./check.js";
import { draftSize, FIXED_BYTES, type Draft } from "./draft.js";

/** Makes a draft fit into `maxMetricBytes`, or drops it when no cutting of text can. */
export type Fit = (draft: Draft) => Draft | undefined;

export function createFit(limit: number, diagnostics: Diagnostics, drop: DropOne): Fit {
  return (draft) => {
    // Measuring UTF-8 takes a walk through every text: only where it could matter.
    if (draftSize(draft) * MAX_BYTES_PER_UNIT <= limit) return draft;
    const { name, bytes } = draft.series;
    const all = merge(draft.base?.attributes, draft.attributes);
    const cut = cutToFit(all, limit - bytes - FIXED_BYTES);
    if (cut === all) return draft;
    if (!cut) {
      diagnostics.warn(
        `size ${name}`,
        `"${name.slice(0, 100)}" was dropped: even without its texts it has more than ${limit} bytes (maxMetricBytes).`,
      );
      drop("invalid", name, 0);
      return undefined;
    }
    diagnostics.warn(
      `size ${name}`,
      `"${name}" has more than ${limit} bytes (maxMetricBytes): its longest text attributes were cut.`,
    );
    return { ...draft, attributes: cut, base: undefined };
  };
}

/** Cuts the longest texts until all attributes take at most `limit` bytes of UTF-8. */
function cutToFit(attributes: Flat, limit: number): Flat | undefined {
  let excess = flatSize(attributes, utf8Size) - limit;
  if (excess <= 0) return attributes;
  const cut = [...attributes];
  while (excess > 0) {
    const [at, longest, second] = longestTexts(cut);
    if (at === 0) return undefined;
    // Down to the second longest first: one long text pays before several short ones do.
    const target = Math.max(longest - excess, Math.min(second, longest - 1));
    const kept = startOf(cut[at] as string, target);
    excess -= longest - utf8Size(kept);
    cut[at] = kept;
  }
  return cut;
}

/** Where the longest text stands (0: there is none), its size, and the size of the next longest. */
function longestTexts(flat: readonly (string | AttributeValue)[]): [number, number, number] {
  let at = 0;
  let longest = 0;
  let second = 0;
  for (let i = 1; i < flat.length; i += 2) {
    const value = flat[i];
    const size = typeof value === "string" ? utf8Size(value) : 0;
    if (size > longest) [at, longest, second] = [i, size, longest];
    else if (size > second) second = size;
  }
  return [at, longest, second];
}

/** The longest start of `text` of at most `limit` UTF-8 bytes that splits no surrogate pair. */
function startOf(text: string, limit: number): string {
  let size = 0;
  let end = 0;
  for (const character of text) {
    size += utf8Size(character);
    if (size > limit) break;
    end += character.length;
  }
  return text.slice(0, end);
}
