import type { Engine } from "../contract/engine.js";
import type { AttributeMap } from "../contract/metric.js";
import type { Policy } from "../contract/policy.js";
import type { Instrument } from "../contract/series.js";
import type { AttributeRules, ChangeAttribute } from "../contract/policy.js";
import { copyValue, isScalar } from "../engine/attributes.js";
import type { Usage } from "./usages.js";

/** How the calls of an instrument are reduced: its policy, with every rate and rule that concerns it. */
export interface Plan {
  readonly by: Policy["by"];
  readonly interval: number;
  readonly size: number;
  /** The product of the rates of the policy and its rule. */
  readonly rate: number;
  readonly maxSeries: number;
  /** Decides about each attribute. */
  readonly change: ChangeAttribute | undefined;
}

/** An instrument that is found again at each call. */
export interface TableInstrument extends Instrument {
  readonly plan: Plan;
  /** Counts by name. */
  readonly usage: Usage;
  /** A counter that is folded by series, without a rate: nothing around its calls but attributes is read. */
  readonly isSum: boolean;
  /** Where the series table begins to look for its series. */
  node: object | undefined;
}

/** The plan of metrics that no rule is for: what the options of the client say of all metrics. */
export function basePlan(engine: Engine): Plan {
  const { attributeRules, maxSeries } = engine.settings;
  return {
    by: undefined,
    interval: 0,
    size: 0,
    // That of the client is a part of each call.
    rate: 1,
    maxSeries,
    change: joinRules(engine, attributeRules, undefined),
  };
}

/** A rate above 0 and at most 1; 1 where it is none, which is logged. */
export function readRate(engine: Engine, label: string, given: unknown): number {
  if (given === undefined || given === null) return 1;
  if (typeof given === "number" && given > 0 && given <= 1) return given;
  if (__DEV__) engine.error(`${label} must be above 0 and at most 1; 1 is used`);
  return 1;
}

/** A change that leaves out an attribute when it throws, and goes on with the next one. */
export function joinRules(
  { guard }: Engine,
  rules: AttributeRules | undefined,
  next: ChangeAttribute | undefined,
): ChangeAttribute | undefined {
  if (typeof rules?.change !== "function") return next;
  return function change(key, given) {
    const changed: unknown = guard(() => rules.change(key, given));
    const value = changed === given || isScalar(changed) ? changed : copyValue(changed);
    return value === undefined || !next
      ? (value as typeof given)
      : next(key, value as typeof given);
  };
}

/** The attributes that are sent. */
export const changeAll = (change: ChangeAttribute, given: AttributeMap): AttributeMap =>
  Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) => {
      const sent = change(key, value);
      return sent === undefined ? [] : [[key, sent]];
    }),
  );
