import { seededRandom } from "@spanmeter/testing";

/** Draws one value; `random` returns numbers from 0 to less than 1. */
type Draw = (random: () => number, index: number, count: number) => number;

const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Kinds of values that applications record. */
export const SHAPES: Readonly<Record<string, Draw>> = {
  uniform: (random) => random() * 100,
  "log-normal": (random) => 20 * Math.exp(normal(random)),
  bimodal: (random) => (random() < 0.8 ? 5 + normal(random) : 500 + 20 * normal(random)),
  "one huge outlier": (random, index, count) =>
    index === Math.floor(count / 3) ? 1e9 : 10 + random(),
  "rising over time": (random, index) => index + random(),
  "falling over time": (random, index, count) => count - index + random(),
};

/** Returns the values of a shape, the same ones for a seed. */
export function valuesOf(shape: string, count: number, seed: number): number[] {
  const draw = SHAPES[shape] as Draw;
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => draw(random, index, count));
}
