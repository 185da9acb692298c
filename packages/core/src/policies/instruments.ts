import type { MetricType } from "../contract/metric.js";
import { makeInstrument } from "../engine/series.js";
import type { Plan, TableInstrument } from "./plan.js";
import type { Usage } from "./usages.js";

/** The instruments of one client. */
export interface Instruments {
  find(type: MetricType, name: string, unit: unknown): TableInstrument | undefined;
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

/** Makes a table of instruments. */
export function createInstruments(planOf: (name: string) => Plan): Instruments {
  const byName = new Map<string, TableInstrument[]>();
  const usages = new Map<string, Usage>();
  let others: Usage | undefined;
  let count = 0;
  // Calls in a row mostly have the same one.
  let last: TableInstrument | undefined;

  function usageOf(name: string): Usage {
    let usage = usages.get(name);
    if (!usage && usages.size >= MAX_NAMES) usage = others ??= createUsage("(other)");
    else if (!usage) usages.set(name, (usage = createUsage(name)));
    return usage;
  }

  function add(type: MetricType, name: string, unit: unknown): TableInstrument | undefined {
    const made = makeInstrument(type, name, unit);
    if (!made) return undefined;
    const added = { ...made, plan: planOf(name), usage: usageOf(name), node: undefined };
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
      return add(type, name, unit);
    },
    usages: () => [...usages.values(), ...(others ? [others] : [])],
  };
}
