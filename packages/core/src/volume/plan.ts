import type { Engine } from "../contract/engine.js";
import type { AttributeRules, Plan } from "../contract/series.js";
import { copyValue, isScalar } from "../engine/attributes.js";

/** The plan of metrics that no rule is for: what the options of the client say of all metrics. */
export function basePlan(engine: Engine): Plan {
  const { attributeRules, maxSeries, sampleRate } = engine.settings;
  return {
    by: undefined,
    interval: 0,
    size: 0,
    rate: readRate(engine, '"sampleRate"', sampleRate),
    maxSeries,
    rules: joinRules(engine, attributeRules, undefined),
  };
}

/** A rate above 0 and at most 1; 1 where it is none, which is logged. */
export function readRate(engine: Engine, label: string, given: unknown): number {
  if (given === undefined || given === null) return 1;
  if (typeof given === "number" && given > 0 && given <= 1) return given;
  engine.error(`${label} must be above 0 and at most 1; 1 is used`);
  return 1;
}

/** Rules that leave out an attribute when they throw, and go on with the next ones. */
export function joinRules(
  { guard }: Engine,
  rules: AttributeRules | undefined,
  next: AttributeRules | undefined,
): AttributeRules | undefined {
  if (typeof rules !== "function") return next;
  return function apply(key, given) {
    const changed: unknown = guard(() => rules(key, given));
    const value = changed === given || isScalar(changed) ? changed : copyValue(changed);
    return value === undefined || !next
      ? (value as typeof given)
      : next(key, value as typeof given);
  };
}
