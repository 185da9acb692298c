import type { Change, SkippedKey } from "../../model/changes.js";
import type { Slices } from "../../runtime/slices.js";
import type { ComparedColumns, KeyEntries } from "./compared-items.js";
import { definesSelection } from "./defines-selection.js";
import { tenths } from "./tenths.js";

/** A value with fewer items is not compared. */
export const FEWEST_ITEMS = 20;
/** Attributes that are compared, those with the most items first. */
const MOST_KEYS = 100;

/** One attribute value of a comparison. */
export interface TableValue extends Pick<Change, "key" | "value" | "kind" | "range"> {
  readonly items: number;
}

/** The values that can be compared, and which of them each item has. */
export interface ValueTable {
  readonly values: readonly TableValue[];
  /** Number of attributes. */
  readonly keys: number;
  /** For each item, one entry an attribute: the number of its value, or -1 for a value that is rare. */
  readonly cells: Int32Array;
  readonly skipped: SkippedKey[];
}

/** Finds the values of each attribute that can be compared. */
export async function createValueTable(
  columns: ComparedColumns,
  slices: Slices,
): Promise<ValueTable> {
  const count = columns.seqs.length;
  const skipped: SkippedKey[] = [];
  const values: TableValue[] = [];
  const lists: Int32Array[] = [];
  const byItems = [...columns.keys].sort(
    ([a, one], [b, other]) => other.items.length - one.items.length || (a < b ? -1 : 1),
  );
  for (const [key, entries] of byItems) {
    await slices.rest();
    const skip = (reason: SkippedKey["reason"]): unknown =>
      skipped.push({ key, reason, values: entries.values.length });
    if (lists.length === MOST_KEYS) skip("too-many");
    else if (definesSelection(entries, columns)) skip("defines-selection");
    else {
      const { own, cells } = valuesOf(key, entries, count);
      const common = own.map(({ items }, place) => (items >= FEWEST_ITEMS ? place : -1));
      const isSame = own.length === 1;
      if (isSame || common.every((place) => place < 0)) skip(isSame ? "same" : "rare");
      else {
        const numbers = common.map((place) =>
          place < 0 ? -1 : values.push(own[place] as TableValue) - 1,
        );
        lists.push(cells.map((place) => numbers[place] as number));
      }
    }
  }
  skipped.sort((one, other) => (one.key < other.key ? -1 : 1));
  return { values, keys: lists.length, cells: interleave(lists, count), skipped };
}

/** The values of one attribute, the absent one first if there is one, and the place of each item's value among them. */
function valuesOf(
  key: string,
  entries: KeyEntries,
  count: number,
): { own: TableValue[]; cells: Int32Array } {
  const ranges = tenths(entries);
  const present = ranges?.values ?? entries.values.map(({ text }) => ({ value: text }));
  const cells = new Int32Array(count);
  const items = new Int32Array(present.length + 1);
  for (const [place, item] of entries.items.entries()) {
    const number = entries.numbers[place] as number;
    cells[item] = 1 + (ranges === undefined ? number : (ranges.places[number] as number));
  }
  for (const cell of cells) items[cell] = (items[cell] ?? 0) + 1;
  const own = present.map((value, place): TableValue => ({
    key,
    kind: "range" in value ? "range" : "value",
    ...value,
    items: items[place + 1] ?? 0,
  }));
  if (items[0] === 0) return { own, cells: cells.map((cell) => cell - 1) };
  return { own: [{ key, value: null, kind: "absent", items: items[0] ?? 0 }, ...own], cells };
}

/** Puts the cells of each item beside each other, because they are read together. */
function interleave(lists: readonly Int32Array[], count: number): Int32Array {
  const cells = new Int32Array(count * lists.length);
  for (const [place, list] of lists.entries())
    for (let item = 0; item < count; item++)
      cells[item * lists.length + place] = list[item] as number;
  return cells;
}
