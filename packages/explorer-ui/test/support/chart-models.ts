import type { ChartDot, ChartLine, HeatChart, LineChart } from "../../src/chart/chart-model.js";

/** Start of the charts of the tests, in seconds since the epoch. */
export const START = Date.UTC(2026, 10, 26, 20, 0) / 1000;
export const INTERVAL = 10;

/** A random number generator that returns equal numbers in every run. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Makes a line. */
export const lineOf = (
  key: string,
  values: ChartLine["values"],
  more: Partial<ChartLine> = {},
) => ({
  key,
  label: key,
  isOthers: false,
  values,
  total: values.reduce<number>((sum, value) => sum + (value ?? 0), 0),
  ...more,
});

/** Makes a chart of lines. */
export function lineChart(lines: readonly ChartLine[], more: Partial<LineChart> = {}): LineChart {
  const count = lines[0]?.values.length ?? 0;
  return {
    draw: "line",
    caption: "p95 of payment.duration by provider",
    range: { since: START, until: START + count * INTERVAL },
    times: Array.from({ length: count }, (_, bucket) => START + bucket * INTERVAL),
    intervalSeconds: INTERVAL,
    partial: { first: false, last: false },
    unit: "millisecond",
    strips: [],
    box: undefined,
    isLogarithmic: false,
    lines,
    dots: [],
    ...more,
  };
}

/** Values that look like those of a service. */
export function wave(count: number, height: number, seed: number): number[] {
  const random = randomFrom(seed);
  return Array.from(
    { length: count },
    (_, bucket) => height * (1 + 0.3 * Math.sin(bucket / 9 + seed)) + random() * height * 0.2,
  );
}

/** Makes dots with values from `least` to `greatest`. */
export function dotsOf(
  count: number,
  line: string,
  [least, greatest]: readonly [number, number],
  buckets: number,
): ChartDot[] {
  const random = randomFrom(count);
  return Array.from({ length: count }, (_, number) => ({
    id: `dot-${line}-${number}`,
    time: START + random() * buckets * INTERVAL,
    value: least + random() * (greatest - least),
    traceId: "0af7651916cd43dd8448eb211c80319c",
    line,
    errors: number % 5 === 0 ? 1 : 0,
  }));
}

/** Makes a heat map of 60 buckets with rows of which three double a value. */
export function heatChart(more: Partial<HeatChart> = {}): HeatChart {
  const { times, range, partial } = lineChart([lineOf("", wave(60, 1, 1))]);
  const random = randomFrom(7);
  const rows = Array.from({ length: 15 }, (_, row) => ({
    from: 2 ** (row / 3 + 3),
    to: 2 ** ((row + 1) / 3 + 3),
  }));
  const cells = times.flatMap((_, bucket) =>
    rows.flatMap(({ from, to }, row) => {
      const count = Math.round(600 * Math.exp(-((row - 6 + Math.sin(bucket / 8)) ** 2) / 4));
      const isSeen = count > 0 && random() > 0.1;
      return isSeen ? [{ bucket, row, count, min: from, max: (from + to) / 2 }] : [];
    }),
  );
  return {
    draw: "heat",
    caption: "payment.duration, all values",
    range,
    times,
    intervalSeconds: INTERVAL,
    partial,
    unit: "millisecond",
    strips: [],
    box: undefined,
    rows,
    cells,
    dots: dotsOf(40, "", [10, 100], 60),
    ...more,
  };
}
