import type { ChangeEffect, InsideOutside } from "../../model/changes.js";
import type { BlockSums, Measure } from "./block-sums.js";
import type { BlockReader } from "./difference.js";
import { FEWEST_ITEMS } from "./value-table.js";

/** A value with fewer items on one side has no change of its own. */
const FEWEST_ON_A_SIDE = 5;
/** A rate that rises while the others fall to less than this part replaces them. */
const REPLACED = 0.5;

/** Reads the blocks of everything, or of one value. */
export function readerOf(sums: BlockSums, value?: number): BlockReader {
  const { blocks } = sums;
  const first = (value ?? 0) * blocks;
  const amounts = value === undefined ? sums.amounts : sums.valueAmounts;
  const exposures = value === undefined ? sums.exposures : sums.valueExposures;
  return {
    blocks,
    amount: (block) => amounts[first + block] as number,
    exposure: (block) => exposures[first + block] as number,
  };
}

/** Reads the blocks of everything that does not have a value. */
export function restOf(sums: BlockSums, value: number, kind: Measure["kind"]): BlockReader {
  const [all, own] = [readerOf(sums), readerOf(sums, value)];
  return {
    blocks: sums.blocks,
    amount: (block) => all.amount(block) - own.amount(block),
    exposure: (block) =>
      kind === "rate" ? all.exposure(block) : all.exposure(block) - own.exposure(block),
  };
}

/** Returns the sums of amounts and exposures of both sides. */
function sidesOf(reader: BlockReader, isInside: Uint8Array) {
  const sides = { inside: { amount: 0, exposure: 0 }, outside: { amount: 0, exposure: 0 } };
  for (let block = 0; block < reader.blocks; block++) {
    const side = isInside[block] === 1 ? sides.inside : sides.outside;
    side.amount += reader.amount(block);
    side.exposure += reader.exposure(block);
  }
  return sides;
}

/** Returns the measure on both sides; 0 without items. */
export function measureOf(reader: BlockReader, isInside: Uint8Array): InsideOutside {
  const { inside, outside } = sidesOf(reader, isInside);
  return {
    inside: inside.exposure > 0 ? inside.amount / inside.exposure : 0,
    outside: outside.exposure > 0 ? outside.amount / outside.exposure : 0,
  };
}

/** How a value changed, and whether that is more than what everyone did. */
export interface ValueEffect {
  readonly effect: ChangeEffect;
  /** 0 when its part of the change is its part of the calls, 1 when it alone changed. */
  readonly excess: number;
}

/**
 * Returns how a value changed, and its part of the whole change. What a value contributes on one side is how far it moves the
 * whole away from the measure before the strip; so a value that only becomes more frequent contributes, too.
 */
export function effectOf({ sums, isInside, kind }: ValueQuestion, value: number): ValueEffect {
  const [all, own] = [readerOf(sums), readerOf(sums, value)];
  const whole = measureOf(all, isInside);
  const [sides, parts] = [sidesOf(all, isInside), sidesOf(own, isInside)];
  const level = kind === "rate" ? 0 : whole.outside;
  const part = (side: "inside" | "outside"): number =>
    (parts[side].amount - level * parts[side].exposure) / sides[side].exposure;
  const change = whole.inside - whole.outside;
  const contribution = change === 0 ? 0 : (part("inside") - part("outside")) / change;
  const share =
    kind === "rate"
      ? parts.outside.amount / (sides.outside.amount || 1)
      : parts.inside.exposure / sides.inside.exposure;
  const excess = share < 1 ? (contribution - share) / (1 - share) : 0;
  return { effect: { ...measureOf(own, isInside), contribution }, excess };
}

/** What is asked about values. */
export interface ValueQuestion {
  readonly sums: BlockSums;
  readonly isInside: Uint8Array;
  readonly kind: Measure["kind"];
  /** 1 when the whole rises, -1 when it falls. */
  readonly direction: number;
  /** Items of each value on both sides. */
  readonly items: { readonly inside: Int32Array; readonly outside: Int32Array };
}

/**
 * Returns whether the change of a value can be told from that of the rest. A value that occurs on one side alone, such as a
 * new release, has no change; a rate may begin at 0, unless it only takes the place of others.
 */
export function isComparable(question: ValueQuestion, value: number): boolean {
  const { items, kind, sums, isInside, direction } = question;
  const [inside, outside] = [items.inside[value] ?? 0, items.outside[value] ?? 0];
  if (inside + outside < FEWEST_ITEMS) return false;
  if (kind !== "rate") return Math.min(inside, outside) >= FEWEST_ON_A_SIDE;
  const rest = measureOf(restOf(sums, value, kind), isInside);
  return direction > 0
    ? rest.inside >= rest.outside * REPLACED
    : rest.outside >= rest.inside * REPLACED;
}
