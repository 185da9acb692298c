import type { ComparedColumns, KeyEntries } from "./compared-items.js";
import { rankCorrelation } from "./rank-correlation.js";

/** Items that are looked at: as many show whether an attribute is a copy. */
const MOST = 2_000;
/** Numbers that follow others as closely as this say nothing of their own. */
const COPY = 0.98;
const FEWEST_VALUES = 10;

/**
 * Returns whether an attribute follows the value, the time or the trace of the items. A selection is made by these, so that
 * such an attribute would always stand out, and explain nothing.
 */
export function definesSelection(entries: KeyEntries, columns: ComparedColumns): boolean {
  if (entries.values.length < FEWEST_VALUES) return false;
  const step = Math.ceil(entries.items.length / MOST);
  const places = Array.from(
    { length: Math.ceil(entries.items.length / step) },
    (_, index) => index * step,
  );
  const itemAt = (place: number): number => entries.items[place] as number;
  const valueAt = (place: number) => entries.values[entries.numbers[place] as number];
  const isTraceId = (place: number): boolean =>
    valueAt(place)?.text === columns.traceIds[columns.traces[itemAt(place)] as number];
  if (places.filter(isTraceId).length >= places.length * COPY) return true;
  const numbers = places.map((place) => valueAt(place)?.number);
  if (numbers.includes(undefined)) return false;
  return [columns.values, columns.seconds].some((column) => {
    const others = places.map((place) => column[itemAt(place)] as number);
    return Math.abs(rankCorrelation(numbers as number[], others)) >= COPY;
  });
}
