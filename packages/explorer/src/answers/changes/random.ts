/** Returns numbers from 0 up to, not including, 1: always the same ones for the same seed. */
export type Random = () => number;

/** Creates a generator of random numbers (sfc32, http://pracrand.sourceforge.net). */
export function createRandom(seed: number): Random {
  let [a, b, c, counter] = [seed | 0, Math.floor(seed / 2 ** 32) | 0, 0x9e3779b9, 1];
  function next(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  }
  // The first numbers of similar seeds are similar.
  for (let index = 0; index < 15; index++) next();
  return next;
}

/** Puts a part of a list into a random order. */
export function shuffle(
  list: Int32Array | Uint8Array,
  random: Random,
  from = 0,
  to: number = list.length,
): void {
  for (let last = to - 1; last > from; last--) {
    const other = from + Math.floor(random() * (last - from + 1));
    const value = list[last] as number;
    list[last] = list[other] as number;
    list[other] = value;
  }
}
