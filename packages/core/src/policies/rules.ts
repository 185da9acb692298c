import type { Engine } from "../contract/engine.js";
import type { NameMatch, VolumeRule } from "../contract/policy.js";
import { patternOf } from "./pattern.js";
import { basePlan, joinRules, readRate, type Plan } from "./plan.js";

const DEFAULT_INTERVAL_MS = 10_000;
const DEFAULT_SIZE = 100;

/** Makes the function that finds the plan of a name by the `volume` option. Invalid rules are logged and left out. */
export function createPlanOf(engine: Engine): (name: string) => Plan {
  const { settings } = engine;
  const base = basePlan(engine);
  const rules = (settings.volume ?? []).flatMap((rule, i) => {
    const problem = problemOf(rule);
    if (__DEV__ && problem) engine.error(`volume[${i}] was ignored: ${problem}`);
    return problem ? [] : [{ matches: matcherOf(rule.match), plan: planOf(engine, base, rule, i) }];
  });
  return (name) => rules.find(({ matches }) => engine.guard(() => matches(name)))?.plan ?? base;
}

function problemOf(rule: VolumeRule): string | undefined {
  if (!rule || typeof rule !== "object") return __DEV__ ? "it must be an object" : "!";
  const { match, policy } = rule;
  if (typeof match !== "string" && typeof match !== "function" && !(match instanceof RegExp))
    return __DEV__ ? '"match" must be text, a RegExp or a function' : "!";
  return typeof policy?.createVolume === "function"
    ? undefined
    : __DEV__
      ? '"policy" must be raw(), fold(), sample() or reservoir()'
      : "!";
}

/** In a text `*` stands for any characters. */
function matcherOf(match: NameMatch): (name: string) => unknown {
  if (typeof match === "function") return match;
  const pattern =
    typeof match === "string"
      ? patternOf(match)
      : // A pattern with the flag `g` would go on where it stopped.
        new RegExp(match.source, match.flags.replace(/[gy]/g, ""));
  return (name) => pattern.test(name);
}

function planOf(engine: Engine, base: Plan, rule: VolumeRule, i: number): Plan {
  const { policy, maxSeries, attributeRules } = rule;

  /** A number of the rule, or what is used instead. */
  function amount(label: string, given: unknown, least: number, fallback: number): number {
    if (given === undefined) return fallback;
    if (typeof given === "number" && given >= least && given < 2 ** 31) return given;
    if (__DEV__)
      engine.error(`volume[${i}]: "${label}" must be at least ${least}; ${fallback} is used`);
    return fallback;
  }

  const { by } = policy;
  const isBy = by === undefined || by === "span" || by === "trace" || by === "series";
  if (__DEV__ && !isBy)
    engine.error(`volume[${i}]: "by" must be span, trace or series; span is used`);
  return {
    by: isBy ? by : "span",
    interval: amount("interval", policy.interval, 1, DEFAULT_INTERVAL_MS),
    size: Math.floor(amount("size", policy.size, 3, DEFAULT_SIZE)),
    rate:
      readRate(engine, `volume[${i}]: the rate of sample()`, policy.rate) *
      readRate(engine, `volume[${i}]: "sampleRate"`, rule.sampleRate),
    maxSeries: Math.floor(amount("maxSeries", maxSeries, 1, base.maxSeries)),
    change: joinRules(engine, attributeRules, base.change),
  };
}
