import type { AttributeMap } from "../contract/metric.js";
import type { ChangeAttribute } from "../contract/volume.js";
import { changeAll } from "./plan.js";

/**
 * Makes a function that applies rules to shared attributes, but for those that the SDK adds. The same object gives
 * the same result, by which calls are folded.
 */
export function createApplyShared(
  defaults: () => AttributeMap,
): (change: ChangeAttribute, shared: AttributeMap) => AttributeMap {
  const applied = new WeakMap<ChangeAttribute, WeakMap<AttributeMap, AttributeMap>>();
  return function applyShared(change, shared) {
    let known = applied.get(change);
    if (!known) applied.set(change, (known = new WeakMap()));
    let left = known.get(shared);
    if (!left) {
      const own = defaults();
      left = changeAll((key, value) => (own[key] === value ? value : change(key, value)), shared);
      known.set(shared, left);
    }
    return left;
  };
}
