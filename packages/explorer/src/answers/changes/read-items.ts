import type { InsideOutside } from "../../model/changes.js";
import type { Slices } from "../../runtime/slices.js";
import type { ComparisonQuestion } from "../../store/compared-item.js";
import type { Store } from "../../store/store.js";
import { createItemCollector, type ComparedColumns } from "./compared-items.js";

/** Items that are read of a comparison, and of its selection when the baseline has more. */
const MOST_ITEMS = 50_000;
const MOST_SELECTED = 20_000;
/** Parts by a hash are only about as large as they should be. */
const MARGIN = 0.98;
/** So many items are read within a few milliseconds. */
const PAGE = 2_000;

/** The items of a comparison. */
export interface ReadItems {
  readonly columns: ComparedColumns;
  /** How many there are. */
  readonly stored: InsideOutside;
  /** How many were read. */
  readonly read: InsideOutside;
}

/** Reads the items of a comparison, or a part of them that is the same at every time when there are too many. */
export async function readItems(
  store: Store,
  question: ComparisonQuestion,
  slices: Slices,
): Promise<ReadItems> {
  const stored = await store.countCompared(question);
  const parts = partsOf(stored, question.inside.by === "time");
  const { columns, add } = createItemCollector(question.range.sinceNs);
  let page;
  do {
    const afterSeq = columns.seqs.at(-1) ?? 0n;
    page = await store.comparedItems(question, { afterSeq, limit: PAGE, parts });
    for (const item of page) add(item);
    await slices.rest();
  } while (page.length === PAGE && columns.seqs.length < MOST_ITEMS);
  if (question.inside.by === "time") scaleWeights(columns, parts.inside);
  const inside = columns.isInside.reduce((sum, each) => sum + each, 0);
  return { columns, stored, read: { inside, outside: columns.isInside.length - inside } };
}

/** The part of each side that is read. Of a strip both are equal, so that rates can be compared. */
function partsOf({ inside, outside }: InsideOutside, isStrip: boolean): InsideOutside {
  if (inside + outside <= MOST_ITEMS) return { inside: 1, outside: 1 };
  if (isStrip) {
    const part = (MOST_ITEMS * MARGIN) / (inside + outside);
    return { inside: part, outside: part };
  }
  const selected = Math.min(inside, Math.max(MOST_SELECTED, MOST_ITEMS - outside));
  const others = Math.min(outside, MOST_ITEMS - selected);
  return {
    inside: selected === inside ? 1 : (selected * MARGIN) / inside,
    outside: (others * MARGIN) / outside,
  };
}

/** An item stands for those that were not read, too. */
function scaleWeights({ weights }: ComparedColumns, part: number): void {
  for (let item = 0; item < weights.length; item++) weights[item] = (weights[item] ?? 0) / part;
}
