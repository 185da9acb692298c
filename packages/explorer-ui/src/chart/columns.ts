import type uPlot from "uplot";
import { centresOf, isPartial } from "./buckets.js";
import type { ChartModel, LineChart } from "./chart-model.js";

type Values = readonly (number | null)[];

/** The numbers of a chart as they are drawn. */
export interface Columns {
  /** Times, and lines from the last to the first, which is drawn over the others. Earlier ones are under lines, and over a stack. */
  readonly data: uPlot.AlignedData;
  /** Places of the lines in the model, from the bottom of a stack. All others together are last. */
  readonly order: readonly number[];
  /** The height of each line of the model in each bucket, also in partial ones. */
  readonly heights: readonly Values[];
  /** How many earlier lines are drawn: for a stack one, of its height. */
  readonly earlier: number;
}

/** Makes columns of a chart. Partial buckets are left out: their values would look like a dip. */
export function columnsOf(model: ChartModel): Columns {
  if (model.draw === "heat") {
    const nothing = Array.from({ length: Math.max(2, model.times.length) }, () => null);
    return { data: [timesOf(model), nothing], order: [], heights: [], earlier: 0 };
  }
  const order = orderOf(model);
  const heights = model.draw === "line" ? plainHeights(model) : stackedHeights(model, order);
  const earlier = earlierOf(model);
  const lines = order.toReversed().map((line) => heights[line] ?? []);
  const columns = model.draw === "line" ? [...earlier, ...lines] : [...lines, ...earlier];
  const data = columns.map((values) => drawn(model, values));
  return { data: [timesOf(model), ...data], order, heights, earlier: earlier.length };
}

/** Without buckets there is still an axis. */
const timesOf = (model: ChartModel): number[] =>
  model.times.length > 1 ? centresOf(model) : [...centresOf(model), model.range.until];

function orderOf({ lines }: LineChart): number[] {
  const places = lines.map((_, place) => place);
  const others = places.filter((place) => lines[place]?.isOthers);
  return [...places.filter((place) => !lines[place]?.isOthers), ...others];
}

/** A logarithm has no place for zero and below. */
const plainHeights = ({ lines, isLogarithmic }: LineChart): Values[] =>
  lines.map(({ values }) => (isLogarithmic ? values.map(positive) : values));

const positive = (value: number | null): number | null =>
  value !== null && value > 0 ? value : null;

function stackedHeights({ lines, times }: LineChart, order: readonly number[]): Values[] {
  const heights: Values[] = lines.map(() => []);
  let below: Values = times.map(() => 0);
  for (const place of order) {
    const values = lines[place]?.values ?? [];
    below = below.map((height, bucket) => (height ?? 0) + (values[bucket] ?? 0));
    // A line without a value has a gap of its own; those above it stay a stack.
    heights[place] = below.map((height, bucket) =>
      (values[bucket] ?? null) === null ? null : height,
    );
  }
  return heights;
}

function earlierOf({ draw, lines, times, isLogarithmic, earlierLabel }: LineChart): Values[] {
  const earlier = lines.flatMap((line) => (line.earlier ? [line.earlier] : []));
  if (earlierLabel === undefined || earlier.length === 0) return [];
  if (draw === "line") {
    const columns = lines.map((line) => line.earlier ?? []);
    return isLogarithmic ? columns.map((values) => values.map(positive)) : columns;
  }
  const sum = times.map((_, bucket) => {
    const present = earlier.flatMap((values) => values[bucket] ?? []);
    return present.length === 0 ? null : present.reduce((total, value) => total + value, 0);
  });
  return [sum];
}

function drawn(model: LineChart, values: Values): (number | null)[] {
  const { first, last } = model.partial;
  const count = model.times.length;
  if (!first && !last && count > 1 && values.length === count) return values as (number | null)[];
  const copy = model.times.map((_, bucket) => values[bucket] ?? null);
  if (first) copy[0] = null;
  if (last) copy[count - 1] = null;
  while (copy.length < 2) copy.push(null);
  return copy;
}

/** Returns the least and the greatest height in partial buckets: the only ones there may be. */
export function partialExtent(model: ChartModel, { heights }: Columns): readonly number[] {
  const edges = [0, model.times.length - 1].filter((bucket) => isPartial(model, bucket));
  return heights.flatMap((values) => edges.flatMap((bucket) => values[bucket] ?? []));
}
