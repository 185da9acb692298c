import { POLICY_SETS, type PolicySet } from "./policy-sets.js";
import { COMPARED, errorsOf, median, type Compared, type ReplayErrors } from "./replay-errors.js";
import { replay, tallyCalls } from "./replay.js";
import type { ShopDay } from "./shop-day.js";

/** The costs of a set of options, and how far off its estimates are. */
export interface ComparedSet {
  readonly set: PolicySet;
  /** Of the first seed. */
  readonly items: number;
  readonly wireBytes: number;
  readonly billedBytes: number;
  /** The largest of all seeds. */
  readonly counterSums: number;
  readonly extremes: number;
  /** Medians over seeds and distributions. */
  readonly medians: Readonly<Record<Compared, number>>;
  /** Medians of the error of p95 over seeds, by name of a distribution. */
  readonly p95ByName: Readonly<Record<string, number>>;
}

/** The sets to compare, and for how many seeds. */
export interface Comparison {
  readonly sets: readonly PolicySet[];
  readonly day: Omit<ShopDay, "seed">;
  readonly seeds: number;
}

/** Replays days under each set. Sets that send every call are replayed for the first seed only. */
export async function comparePolicies({ sets, day, seeds }: Comparison): Promise<{
  readonly calls: number;
  readonly compared: readonly ComparedSet[];
}> {
  let calls = 0;
  const first = new Map<PolicySet, Pick<ComparedSet, "items" | "wireBytes" | "billedBytes">>();
  const errors = new Map<PolicySet, ReplayErrors[]>(sets.map((set) => [set, []]));
  for (let seed = 1; seed <= seeds; seed++) {
    const shopDay = { ...day, seed };
    const { truth, calls: recorded } = tallyCalls(shopDay);
    if (seed === 1) calls = recorded;
    for (const set of sets) {
      if (set === "raw" && seed > 1) continue;
      const { arrived, ...cost } = await replay(POLICY_SETS[set], shopDay);
      if (seed === 1) first.set(set, cost);
      errors.get(set)?.push(errorsOf(arrived, truth));
    }
  }
  const compared = sets.map((set) => summarise(set, first.get(set)!, errors.get(set)!));
  return { calls, compared };
}

function summarise(
  set: PolicySet,
  cost: Pick<ComparedSet, "items" | "wireBytes" | "billedBytes">,
  errors: readonly ReplayErrors[],
): ComparedSet {
  const all = errors.flatMap(({ distributions }) => [...distributions.values()]);
  const names = [...(errors[0]?.distributions.keys() ?? [])].sort();
  const medians = COMPARED.map((key) => [key, median(all.map((each) => each[key]))]);
  return {
    set,
    ...cost,
    counterSums: Math.max(...errors.map(({ counterSums }) => counterSums)),
    extremes: Math.max(...errors.map(({ extremes }) => extremes)),
    medians: Object.fromEntries(medians) as ComparedSet["medians"],
    p95ByName: Object.fromEntries(
      names.map((name) => [
        name,
        median(errors.map(({ distributions }) => distributions.get(name)?.p95 ?? NaN)),
      ]),
    ),
  };
}
