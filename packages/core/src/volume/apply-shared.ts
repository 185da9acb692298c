import type { AttributeMap } from "../contract/metric.js";
import type { AttributeRules } from "../contract/series.js";
import { applyRules } from "../engine/series.js";

/**
 * Makes a function that applies rules to shared attributes, but for those that the SDK adds. The same object gives
 * the same result, by which calls are folded.
 */
export function createApplyShared(
  defaults: () => AttributeMap,
): (rules: AttributeRules, shared: AttributeMap) => AttributeMap {
  const applied = new WeakMap<AttributeRules, WeakMap<AttributeMap, AttributeMap>>();
  return function applyShared(rules, shared) {
    let known = applied.get(rules);
    if (!known) applied.set(rules, (known = new WeakMap()));
    let left = known.get(shared);
    if (!left) {
      const own = defaults();
      left = applyRules((key, value) => (own[key] === value ? value : rules(key, value)), shared);
      known.set(shared, left);
    }
    return left;
  };
}
