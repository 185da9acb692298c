import type { ChangeEffect, InsideOutside } from "../../model/changes.js";
import { sumBlocks, type Measure } from "./block-sums.js";
import { countValues } from "./chosen-items.js";
import type { ComparedColumns } from "./compared-items.js";
import type { ComparedValue, ComparisonTools } from "./compare-shares.js";
import { changeBeyond } from "./difference.js";
import { findEvidence, SIGNIFICANT } from "./evidence.js";
import { shuffle } from "./random.js";
import type { TimeBlocks } from "./time-blocks.js";
import {
  effectOf,
  isComparable,
  measureOf,
  readerOf,
  restOf,
  type ValueEffect,
  type ValueQuestion,
} from "./value-blocks.js";
import type { ValueTable } from "./value-table.js";

/** A named value makes up at least so much of the whole change. */
const LEAST_CONTRIBUTION = 0.2;
/** And so much of the way from its part of the calls to all of the change. */
const LEAST_EXCESS = 0.25;

/** A value, and the change of its items. */
export interface ChangedValue extends ComparedValue {
  readonly effect: ChangeEffect;
}

/** The result of comparing a strip of time with the time before it. */
export interface TimeComparison {
  /** The measure of everything, and the probability of such a change between random parts of the same time. */
  readonly whole: InsideOutside & { readonly p: number };
  /** The values that changed more than everything else, the clearest first. */
  readonly found: readonly ChangedValue[];
  /** The values that were compared. */
  readonly compared: readonly number[];
  readonly permutations: number;
}

/** How time is compared. */
export interface TimeMeasure {
  readonly measure: Measure;
  readonly blocks: TimeBlocks;
}

/** Compares a strip of time with the time before it: the whole, and if that changed, each value with everything else. */
export async function compareTimes(
  columns: ComparedColumns,
  table: ValueTable,
  chosen: Int32Array,
  { time, tools }: { time: TimeMeasure; tools: ComparisonTools },
): Promise<TimeComparison> {
  const { kind } = time.measure;
  const { isInside } = time.blocks;
  const sums = sumBlocks(columns, table, chosen, time);
  const whole = measureOf(readerOf(sums), isInside);
  const { items, shares } = countValues(columns, table, chosen);
  const direction = Math.sign(whole.inside - whole.outside);
  const question: ValueQuestion = { sums, isInside, kind, items, direction };
  const compared = [...table.values.keys()].filter((value) => isComparable(question, value));
  const evidenceOfWhole = await weighWhole(question, tools);
  const p = evidenceOfWhole.p[0] ?? 1;
  const answer = { whole: { ...whole, p }, compared };
  if (p >= SIGNIFICANT) return { ...answer, found: [], permutations: evidenceOfWhole.permutations };
  const effects = compared.map((value) => effectOf(question, value));
  function isRelevant(place: number): boolean {
    const { effect, excess } = effects[place] as ValueEffect;
    return effect.contribution >= LEAST_CONTRIBUTION && excess >= LEAST_EXCESS;
  }
  const evidence = await weighValues(question, { compared, isRelevant }, tools);
  const found = compared
    .map((value, place) => ({
      value,
      inside: shares.inside[value] ?? 0,
      outside: shares.outside[value] ?? 0,
      p: isRelevant(place) ? (evidence.p[place] ?? 1) : 1,
      strength: evidence.strength[place] ?? 0,
      effect: (effects[place] as ValueEffect).effect,
    }))
    .filter((each) => each.p < SIGNIFICANT)
    .sort((one, other) => other.strength - one.strength || one.value - other.value);
  const permutations = Math.max(evidenceOfWhole.permutations, evidence.permutations);
  return { ...answer, found, permutations };
}

/** Creates the function that assigns blocks to the strip by chance. */
function createBlockPermutation(isInside: Uint8Array, { random }: ComparisonTools) {
  const permuted = isInside.slice();
  return function permute(): Uint8Array {
    shuffle(permuted, random);
    return permuted;
  };
}

function weighWhole({ sums, isInside, kind }: ValueQuestion, tools: ComparisonTools) {
  const everything = readerOf(sums);
  const permute = createBlockPermutation(isInside, tools);
  function fill(labels: Uint8Array, statistics: Float64Array): void {
    statistics[0] = Math.abs(changeBeyond(everything, undefined, { labels, kind }));
  }
  return findEvidence(
    { count: 1, isScaled: true, isRelevant: () => true },
    (statistics) => fill(isInside, statistics),
    (statistics) => fill(permute(), statistics),
    tools.slices,
  );
}

function weighValues(
  { sums, isInside, kind, direction }: ValueQuestion,
  { compared, isRelevant }: { compared: readonly number[]; isRelevant: (place: number) => boolean },
  tools: ComparisonTools,
) {
  const readers = compared.map((value) => ({
    own: readerOf(sums, value),
    rest: restOf(sums, value, kind),
  }));
  const permute = createBlockPermutation(isInside, tools);
  function fill(labels: Uint8Array, statistics: Float64Array): void {
    for (const [place, { own, rest }] of readers.entries())
      statistics[place] = direction * changeBeyond(own, rest, { labels, kind });
  }
  return findEvidence(
    { count: compared.length, isScaled: true, isRelevant },
    (statistics) => fill(isInside, statistics),
    (statistics) => fill(permute(), statistics),
    tools.slices,
  );
}
