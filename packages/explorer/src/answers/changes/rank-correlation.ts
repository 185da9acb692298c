/** Returns Spearman's rank correlation of two lists of equal length, from -1 to 1; 0 when one is constant. */
export function rankCorrelation(one: ArrayLike<number>, other: ArrayLike<number>): number {
  return correlation(ranksOf(one), ranksOf(other));
}

/** The rank of each number; equal numbers share the middle of their ranks. */
function ranksOf(numbers: ArrayLike<number>): Float64Array {
  const at = (index: number): number => numbers[index] as number;
  const order = Int32Array.from(numbers, (_, index) => index).sort((a, b) => at(a) - at(b));
  const ranks = new Float64Array(order.length);
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && at(order[end] as number) === at(order[start] as number)) end++;
    for (let place = start; place < end; place++)
      ranks[order[place] as number] = (start + end - 1) / 2;
  }
  return ranks;
}

function correlation(one: Float64Array, other: Float64Array): number {
  const middle = (one.length - 1) / 2;
  let [product, ones, others] = [0, 0, 0];
  for (const [index, rank] of one.entries()) {
    const [a, b] = [rank - middle, (other[index] ?? 0) - middle];
    product += a * b;
    ones += a * a;
    others += b * b;
  }
  return ones > 0 && others > 0 ? product / Math.sqrt(ones * others) : 0;
}
