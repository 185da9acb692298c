import type { ComparedColumns } from "./compared-items.js";
import type { ValueTable } from "./value-table.js";

/** Items of each value on both sides, and the share of calls that has it. */
export interface ValueCounts {
  readonly items: { readonly inside: Int32Array; readonly outside: Int32Array };
  readonly shares: { readonly inside: Float64Array; readonly outside: Float64Array };
}

/** Counts the chosen items by value and side. */
export function countValues(
  { isInside, weights }: ComparedColumns,
  { cells, keys, values }: ValueTable,
  chosen: Int32Array,
): ValueCounts {
  const [inside, outside] = [sideCounts(values.length), sideCounts(values.length)];
  for (const item of chosen) {
    const side = isInside[item] === 1 ? inside : outside;
    const weight = weights[item] as number;
    side.weight += weight;
    for (const value of cells.subarray(item * keys, (item + 1) * keys)) {
      if (value < 0) continue;
      side.items[value] = (side.items[value] as number) + 1;
      side.weights[value] = (side.weights[value] as number) + weight;
    }
  }
  const sharesOf = ({ weights: own, weight }: typeof inside): Float64Array =>
    own.map((each) => (weight > 0 ? each / weight : 0));
  return {
    items: { inside: inside.items, outside: outside.items },
    shares: { inside: sharesOf(inside), outside: sharesOf(outside) },
  };
}

const sideCounts = (values: number) => ({
  weight: 0,
  items: new Int32Array(values),
  weights: new Float64Array(values),
});

/** Returns whether an item has a value. */
export const hasValue = ({ cells, keys }: ValueTable, item: number, value: number): boolean =>
  cells.subarray(item * keys, (item + 1) * keys).includes(value);

/** Returns the chosen items without those that have a value. */
export const withoutValue = (table: ValueTable, chosen: Int32Array, value: number): Int32Array =>
  chosen.filter((item) => !hasValue(table, item, value));

/** The items and traces of each side. */
export interface SideCounts {
  readonly items: { inside: number; outside: number };
  readonly traces: { inside: number; outside: number };
}

/** Counts the chosen items and their traces. A trace with a selected item is not one of the baseline. */
export function countSides({ isInside, traces }: ComparedColumns, chosen: Int32Array): SideCounts {
  const seen = { inside: new Set<number>(), outside: new Set<number>() };
  const items = { inside: 0, outside: 0 };
  for (const item of chosen) {
    const side = isInside[item] === 1 ? "inside" : "outside";
    items[side]++;
    seen[side].add(traces[item] as number);
  }
  const outside = [...seen.outside].filter((trace) => !seen.inside.has(trace)).length;
  return { items, traces: { inside: seen.inside.size, outside } };
}

const FEWEST_ITEMS = 20;
const FEWEST_TRACES = 5;

/** Returns whether one side has too few items or traces to compare. */
export const isTooLittle = ({ items, traces }: SideCounts): boolean =>
  Math.min(items.inside, items.outside) < FEWEST_ITEMS ||
  Math.min(traces.inside, traces.outside) < FEWEST_TRACES;
