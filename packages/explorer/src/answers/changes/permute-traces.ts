import { shuffle, type Random } from "./random.js";

/** The items of a comparison, by what must stay together in a random arrangement. */
export interface Arrangement {
  /** 1 for selected items. */
  readonly isInside: Uint8Array;
  /** The trace of each item. */
  readonly traces: Int32Array;
  /** The slice of time of each trace. */
  readonly slices: Int32Array;
}

/** Traces among which labels are exchanged: their places in the lists of traces. */
interface Group {
  readonly traces: Int32Array;
  /** The items of these traces, one trace after another. */
  readonly items: Int32Array;
}

/**
 * Creates the function that selects items by chance and returns a list with 1 for each of them. Traces of about the same
 * size and time exchange the number of their selected items, because the items of one trace are alike: how many
 * traces have selected items stays the same, and which items of a trace these are is random.
 */
export function createPermutation(arrangement: Arrangement, random: Random): () => Uint8Array {
  const { isInside, traces } = arrangement;
  const itemsOf = itemsByTrace(traces, arrangement.slices.length);
  const groups = groupTraces(itemsOf, arrangement.slices);
  const counts = Int32Array.from(itemsOf, (items) =>
    items.reduce((sum, item) => sum + (isInside[item] as number), 0),
  );
  const permuted = new Uint8Array(isInside.length);
  const labels = new Uint8Array(isInside.length);

  function permuteGroup({ traces: order, items }: Group): void {
    shuffle(order, random);
    let end = 0;
    for (const trace of order) {
      const size = itemsOf[trace]?.length ?? 0;
      const inside = counts[trace] as number;
      labels.fill(1, end, end + inside);
      labels.fill(0, end + inside, end + size);
      if (inside > 0 && inside < size) shuffle(labels, random, end, end + size);
      end += size;
    }
    for (let place = 0; place < items.length; place++)
      permuted[items[place] as number] = labels[place] as number;
  }

  return function permute() {
    groups.forEach(permuteGroup);
    return permuted;
  };
}

function itemsByTrace(traces: Int32Array, count: number): number[][] {
  const items = Array.from({ length: count }, (): number[] => []);
  for (const [item, trace] of traces.entries()) items[trace]?.push(item);
  return items;
}

function groupTraces(itemsOf: readonly number[][], slices: Int32Array): Group[] {
  const groups = new Map<string, number[]>();
  for (const [trace, { length }] of itemsOf.entries()) {
    if (length === 0) continue;
    const key = `${slices[trace]} ${Math.round(Math.log2(length) * 2)}`;
    const group = groups.get(key) ?? [];
    if (group.length === 0) groups.set(key, group);
    group.push(trace);
  }
  return [...groups.values()].map((traces) => ({
    traces: Int32Array.from(traces),
    items: Int32Array.from(traces.flatMap((trace) => itemsOf[trace] ?? [])),
  }));
}
