import type { AttributeMap } from "../contract/metric.js";
import type { Merged } from "../contract/volume.js";

/** The most different ones that are compared by their content. */
const MAX_TEXTS = 1000;

/** Makes an empty cache, which keeps a bounded number of objects alive. */
export function createMerged(): Merged {
  const byText = new Map<string, AttributeMap>();
  let known = new WeakMap<AttributeMap, WeakMap<AttributeMap, AttributeMap>>();

  /** The object with the same content, if there is one. */
  function intern(merged: AttributeMap): AttributeMap {
    const text = JSON.stringify(Object.entries(merged));
    const same = byText.get(text);
    if (same) return same;
    if (byText.size >= MAX_TEXTS) byText.clear();
    byText.set(text, merged);
    return merged;
  }

  return {
    of(around, inner, merge) {
      let inners = known.get(around);
      if (!inners) known.set(around, (inners = new WeakMap()));
      let merged = inners.get(inner);
      if (!merged) inners.set(inner, (merged = intern(merge())));
      return merged;
    },
    clear() {
      known = new WeakMap();
    },
  };
}
