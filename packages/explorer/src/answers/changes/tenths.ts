import type { KeyEntries } from "./compared-items.js";

const PARTS = 10;

/** The tenths of an attribute with numbers. */
interface Tenths {
  readonly values: { value: string; range?: { from: number; to: number } }[];
  /** The tenth of each value, by its number. */
  readonly places: Int32Array;
}

/**
 * Divides the numbers of an attribute into ten parts with about as many items. Returns `undefined` for an attribute that
 * has other values, too, or only few different numbers.
 */
export function tenths({ items, numbers, values }: KeyEntries): Tenths | undefined {
  if (values.length <= PARTS) return undefined;
  if (values.some(({ number }) => number === undefined || !Number.isFinite(number)))
    return undefined;
  const counts = new Int32Array(values.length);
  for (const number of numbers) counts[number] = (counts[number] ?? 0) + 1;
  const numberAt = (place: number): number => values[place]?.number ?? 0;
  const order = Int32Array.from(values, (_, place) => place);
  order.sort((one, other) => numberAt(one) - numberAt(other));
  const places = new Int32Array(values.length);
  const ranges: { from: number; to: number }[] = [];
  let [reached, part] = [0, -1];
  for (const place of order) {
    // The part of the middle of the items that have this number.
    const middle = reached + (counts[place] ?? 0) / 2;
    const own = Math.min(PARTS - 1, Math.floor((middle / items.length) * PARTS));
    if (own !== part) ranges.push({ from: numberAt(place), to: numberAt(place) });
    part = own;
    reached += counts[place] ?? 0;
    places[place] = ranges.length - 1;
    (ranges.at(-1) as { to: number }).to = numberAt(place);
  }
  return { values: ranges.map(valueOf), places };
}

const valueOf = ({ from, to }: { from: number; to: number }): Tenths["values"][number] =>
  from === to ? { value: String(from) } : { value: `${from} to ${to}`, range: { from, to } };
