import type { ResolvePlan } from "../contract/policy.js";
import type { Instrument, Plan } from "../contract/series.js";
import type { FindInstrument } from "../contract/stage.js";
import type { Usage } from "../contract/usage.js";

/** The instruments of one client. */
export interface Instruments {
  readonly find: FindInstrument;
  /** Counts by name, in the order of the first calls. */
  usages(): readonly Usage[];
}

/** Names beyond these are found anew at each call: enough for any application, bounded for hostile ones. */
const MAX_NAMES = 2000;
/** One name is mostly one instrument; more are a mistake. */
const MAX_INSTRUMENTS = 2 * MAX_NAMES;

const createUsage = (name: string): Usage => ({
  name,
  calls: 0,
  items: 0,
  billedBytes: 0,
  rawBytes: 0,
  series: 0,
});

/** Makes a table of instruments. `resolve` finds the plan of a name, `plan` is that of all others. */
export function createInstruments(plan: Plan, resolve: ResolvePlan | undefined): Instruments {
  const byName = new Map<string, Instrument[]>();
  const usages = new Map<string, Usage>();
  let others: Usage | undefined;
  let count = 0;
  // Calls in a row mostly have the same one.
  let last: Instrument | undefined;

  function usageOf(name: string): Usage {
    let usage = usages.get(name);
    if (!usage && usages.size >= MAX_NAMES) usage = others ??= createUsage("(other)");
    else if (!usage) usages.set(name, (usage = createUsage(name)));
    return usage;
  }

  function add(type: Instrument["type"], name: string, unit: string | undefined): Instrument {
    const added: Instrument = {
      type,
      name,
      unit,
      plan: resolve?.(name) ?? plan,
      usage: usageOf(name),
      node: undefined,
    };
    if (count >= MAX_INSTRUMENTS) return added;
    count++;
    const same = byName.get(name);
    if (same) same.push(added);
    else byName.set(name, [added]);
    return added;
  }

  return {
    find(type, name, given) {
      const unit = (typeof given === "string" && given) || undefined;
      if (last !== undefined && last.name === name && last.type === type && last.unit === unit)
        return last;
      const same = byName.get(name);
      if (same !== undefined)
        for (const each of same) if (each.type === type && each.unit === unit) return (last = each);
      return isValid(type, name) ? (last = add(type, name, unit)) : undefined;
    },
    usages: () => [...usages.values(), ...(others ? [others] : [])],
  };
}

/** Whether a type is one of the three, and a name is text that is not blank. */
export const isValid = (type: unknown, name: unknown): boolean =>
  (type === "counter" || type === "distribution" || type === "gauge") && isName(name);

/** Whether a name is text that is not blank. */
export const isName = (name: unknown): name is string =>
  typeof name === "string" && name.trim() !== "";
