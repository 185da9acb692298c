/** The items of a comparison, the values that they have, and their slices of time. */
export interface ShareItems {
  readonly weights: Float64Array;
  /** The slice of time of each item. */
  readonly slices: Int32Array;
  readonly sliceCount: number;
  /** For each item, `keys` numbers of values, or -1. */
  readonly cells: Int32Array;
  readonly keys: number;
  readonly valueCount: number;
}

/** Weights of both sides and of all items, in each slice: of everything, and of each value. */
interface Sums {
  readonly whole: Float64Array;
  /** For each slice, one entry a value. */
  readonly values: Float64Array;
}

/** Computes shares of values inside and outside a selection. */
export interface ShareCounts {
  /**
   * Fills in how much more often each value is selected than the other items of its slices are, in calls.
   * @param isInside - 1 for each selected item
   */
  fillExcess(isInside: Uint8Array, excess: Float64Array): void;
  /** Returns the share of each value on both sides. Outside, each slice counts as much as it does inside. */
  shares(isInside: Uint8Array): { inside: Float64Array; outside: Float64Array };
}

/** Creates the functions that compute shares. */
export function createShareCounts(items: ShareItems): ShareCounts {
  const { sliceCount, valueCount } = items;
  const all = sumUp(items);

  function fillExcess(isInside: Uint8Array, excess: Float64Array): void {
    const inside = sumUp(items, isInside);
    excess.fill(0);
    for (let slice = 0; slice < sliceCount; slice++) {
      const whole = all.whole[slice] as number;
      if (whole === 0) continue;
      const share = (inside.whole[slice] as number) / whole;
      const first = slice * valueCount;
      for (let value = 0; value < valueCount; value++)
        excess[value] =
          (excess[value] as number) +
          (inside.values[first + value] as number) -
          share * (all.values[first + value] as number);
    }
  }

  function shares(isInside: Uint8Array): { inside: Float64Array; outside: Float64Array } {
    const sums = sumUp(items, isInside);
    const selected = sums.whole.reduce((a, b) => a + b, 0);
    const [inside, outside] = [new Float64Array(valueCount), new Float64Array(valueCount)];
    for (let slice = 0; slice < sliceCount; slice++) {
      const own = sums.whole[slice] as number;
      const rest = (all.whole[slice] as number) - own;
      if (own === 0) continue;
      for (let value = 0; value < valueCount; value++) {
        const place = slice * valueCount + value;
        const of = sums.values[place] as number;
        inside[value] = (inside[value] as number) + of / selected;
        const share = rest > 0 ? ((all.values[place] as number) - of) / rest : of / own;
        outside[value] = (outside[value] as number) + (share * own) / selected;
      }
    }
    // Sums of decimal numbers may be a little above the whole.
    const atMostAll = (share: number): number => Math.min(1, share);
    return { inside: inside.map(atMostAll), outside: outside.map(atMostAll) };
  }

  return { fillExcess, shares };
}

/** Adds up the weights of the selected items, or of all. */
function sumUp(items: ShareItems, isInside?: Uint8Array): Sums {
  const { weights, slices, cells, keys, sliceCount, valueCount } = items;
  const whole = new Float64Array(sliceCount);
  const values = new Float64Array(sliceCount * valueCount);
  for (let item = 0; item < weights.length; item++) {
    if (isInside !== undefined && isInside[item] === 0) continue;
    const weight = weights[item] as number;
    const slice = slices[item] as number;
    whole[slice] = (whole[slice] as number) + weight;
    const first = slice * valueCount;
    for (let cell = item * keys; cell < (item + 1) * keys; cell++) {
      const value = cells[cell] as number;
      if (value >= 0) values[first + value] = (values[first + value] as number) + weight;
    }
  }
  return { whole, values };
}
