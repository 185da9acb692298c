import type { Slices } from "../../runtime/slices.js";
import type { ComparedColumns } from "./compared-items.js";
import { findEvidence, SIGNIFICANT } from "./evidence.js";
import { createPermutation } from "./permute-traces.js";
import type { Random } from "./random.js";
import { createShareCounts } from "./share-counts.js";
import { sliceByTime, type ComparedTrace } from "./time-slices.js";
import { FEWEST_ITEMS, type ValueTable } from "./value-table.js";

/** A named value has at least so much more of the selection than of its baseline. */
const LEAST_DIFFERENCE = 0.1;

/** A value of the table, and how it was compared. */
export interface ComparedValue {
  /** Its number in the table. */
  readonly value: number;
  readonly inside: number;
  readonly outside: number;
  readonly p: number;
  /** How far it stands out, to put values in order. */
  readonly strength: number;
}

/** The result of comparing shares. */
export interface ShareComparison {
  /** The values that stand out, the clearest first. */
  readonly found: readonly ComparedValue[];
  /** The least p of a value with a relevant difference; 1 when there is none. */
  readonly p: number;
  readonly permutations: number;
}

/** What a comparison is made with. */
export interface ComparisonTools {
  readonly random: Random;
  readonly slices: Slices;
}

/**
 * Compares the share of each value inside and outside the selection, within slices of time.
 * @param chosen - the places of the items to compare
 */
export async function compareShares(
  columns: ComparedColumns,
  table: ValueTable,
  chosen: Int32Array,
  { random, slices: rests }: ComparisonTools,
): Promise<ShareComparison> {
  const arrangement = arrange(columns, chosen);
  const { isInside } = arrangement;
  await rests.rest();
  const cells = chooseCells(table, chosen);
  await rests.rest();
  const valueCount = table.values.length;
  const counts = createShareCounts({
    weights: Float64Array.from(chosen, (item) => columns.weights[item] as number),
    slices: arrangement.traces.map((trace) => arrangement.slices[trace] as number),
    sliceCount: arrangement.sliceCount,
    cells,
    keys: table.keys,
    valueCount,
  });
  const { inside, outside } = counts.shares(isInside);
  const selected = isInside.reduce((sum, each) => sum + each, 0);
  // A value with few items cannot make up a tenth of the selection, however they are arranged (twice as many for weights).
  const fewest = Math.max(FEWEST_ITEMS, (selected * LEAST_DIFFERENCE) / 2);
  const isCompared = countItems(table, chosen).map((items) => (items >= fewest ? 1 : 0));
  const isRelevant = (value: number): boolean =>
    isCompared[value] === 1 &&
    // Differences of decimal numbers: 0.3 - 0.2 is a little less than 0.1.
    (inside[value] ?? 0) - (outside[value] ?? 0) >= LEAST_DIFFERENCE - 1e-9;
  await rests.rest();
  const permute = createPermutation(arrangement, random);
  function fill(labels: Uint8Array, statistics: Float64Array): void {
    counts.fillExcess(labels, statistics);
    for (const [value, own] of isCompared.entries()) if (own === 0) statistics[value] = 0;
  }
  const { p, strength, permutations } = await findEvidence(
    { count: valueCount, isScaled: false, isRelevant },
    (statistics) => fill(isInside, statistics),
    (statistics) => fill(permute(), statistics),
    rests,
  );
  const relevant = Array.from(table.values, (_, value) => value).filter(isRelevant);
  const found = relevant
    .filter((value) => (p[value] ?? 1) < SIGNIFICANT)
    .map((value) => ({
      value,
      inside: inside[value] ?? 0,
      outside: outside[value] ?? 0,
      p: p[value] ?? 1,
      strength: strength[value] ?? 0,
    }))
    .sort((one, other) => other.strength - one.strength || one.value - other.value);
  return {
    found,
    p: relevant.reduce((least, value) => Math.min(least, p[value] ?? 1), 1),
    permutations,
  };
}

/** The chosen items and their traces, which are numbered again. */
function arrange(columns: ComparedColumns, chosen: Int32Array) {
  const numbers = new Map<number, number>();
  const traces: { seconds: number; isInside: boolean }[] = [];
  const ofItems = chosen.map((item) => {
    const trace = columns.traces[item] as number;
    const number = numbers.get(trace) ?? traces.push({ seconds: Infinity, isInside: false }) - 1;
    numbers.set(trace, number);
    const own = traces[number] as { seconds: number; isInside: boolean };
    own.seconds = Math.min(own.seconds, columns.seconds[item] as number);
    own.isInside ||= columns.isInside[item] === 1;
    return number;
  });
  const { slices, count } = sliceByTime(traces satisfies ComparedTrace[]);
  const isInside = Uint8Array.from(chosen, (item) => columns.isInside[item] as number);
  return { isInside, traces: ofItems, slices, sliceCount: count };
}

function chooseCells({ cells, keys }: ValueTable, chosen: Int32Array): Int32Array {
  const result = new Int32Array(chosen.length * keys);
  for (const [place, item] of chosen.entries())
    result.set(cells.subarray(item * keys, (item + 1) * keys), place * keys);
  return result;
}

function countItems({ cells, keys, values }: ValueTable, chosen: Int32Array): Int32Array {
  const counts = new Int32Array(values.length);
  for (const item of chosen)
    for (const value of cells.subarray(item * keys, (item + 1) * keys))
      if (value >= 0) counts[value] = (counts[value] as number) + 1;
  return counts;
}
