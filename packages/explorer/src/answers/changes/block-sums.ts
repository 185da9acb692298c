import type { ComparedMeasure } from "../../model/changes.js";
import type { ComparedColumns } from "./compared-items.js";
import type { TimeBlocks } from "./time-blocks.js";
import type { ValueTable } from "./value-table.js";

/** What is compared: the sum of `amount` of the items, divided by the sum of `exposure`. */
export interface Measure {
  readonly kind: ComparedMeasure["kind"];
  /** Only with `share-above`. */
  readonly threshold: number | undefined;
  /** Minutes of a block before the strip and of one in it; only for rates. */
  readonly blockMinutes: { readonly outside: number; readonly inside: number };
}

/** Sums of amounts and exposures in each block of time: of everything, and of each value. */
export interface BlockSums {
  readonly blocks: number;
  readonly amounts: Float64Array;
  readonly exposures: Float64Array;
  /** For each value, one entry a block. */
  readonly valueAmounts: Float64Array;
  readonly valueExposures: Float64Array;
}

/** Adds up the chosen items in each block. */
export function sumBlocks(
  columns: ComparedColumns,
  { cells, keys, values }: ValueTable,
  chosen: Int32Array,
  { measure, blocks }: { measure: Measure; blocks: TimeBlocks },
): BlockSums {
  const { count, isInside } = blocks;
  const sums: BlockSums = {
    blocks: count,
    amounts: new Float64Array(count),
    exposures: new Float64Array(count),
    valueAmounts: new Float64Array(values.length * count),
    valueExposures: new Float64Array(values.length * count),
  };
  const add = (list: Float64Array, place: number, amount: number): void => {
    list[place] = (list[place] as number) + amount;
  };
  for (const item of chosen) {
    const weight = columns.weights[item] as number;
    const block = blocks.blockOf(columns.seconds[item] as number);
    const amount = amountOf(measure, columns.values[item] as number) * weight;
    add(sums.amounts, block, amount);
    add(sums.exposures, block, weight);
    for (const value of cells.subarray(item * keys, (item + 1) * keys)) {
      if (value < 0) continue;
      add(sums.valueAmounts, value * count + block, amount);
      add(sums.valueExposures, value * count + block, weight);
    }
  }
  if (measure.kind === "rate") {
    // Every value is exposed to all of the time.
    const minutes = (block: number): number =>
      isInside[block] === 1 ? measure.blockMinutes.inside : measure.blockMinutes.outside;
    for (let block = 0; block < count; block++) {
      sums.exposures[block] = minutes(block);
      for (let value = 0; value < values.length; value++)
        sums.valueExposures[value * count + block] = minutes(block);
    }
  }
  return sums;
}

function amountOf({ kind, threshold = 0 }: Measure, value: number): number {
  if (kind === "share-above") return value > threshold ? 1 : 0;
  return value;
}
