/** Slices of the time of a comparison, at most. */
const MOST_SLICES = 24;
/** Traces of each side that a slice should have. */
const FEWEST_TRACES = 3;

/** A trace of a comparison. */
export interface ComparedTrace {
  /** Time of its first item, in seconds. */
  readonly seconds: number;
  /** Whether it has a selected item. */
  readonly isInside: boolean;
}

/**
 * Gives each trace the number of a slice of time. A comparison within slices does not blame what merely changed with time,
 * also when the selection has only the end of its range. A slice without a baseline shares one with a neighbour.
 */
export function sliceByTime(traces: readonly ComparedTrace[]): {
  slices: Int32Array;
  count: number;
} {
  const inside = traces.filter(({ isInside }) => isInside).length;
  const fewest = Math.min(inside, traces.length - inside);
  const count = Math.max(1, Math.min(MOST_SLICES, Math.floor(fewest / FEWEST_TRACES)));
  const times = traces.map(({ seconds }) => seconds);
  const first = times.reduce((a, b) => Math.min(a, b), Infinity);
  const length = (times.reduce((a, b) => Math.max(a, b), -Infinity) - first) / count;
  const own = Int32Array.from(times, (seconds) =>
    length > 0 ? Math.min(count - 1, Math.floor((seconds - first) / length)) : 0,
  );
  const [insides, outsides] = [new Int32Array(count), new Int32Array(count)];
  for (const [trace, { isInside }] of traces.entries()) {
    const counts = isInside ? insides : outsides;
    const slice = own[trace] as number;
    counts[slice] = (counts[slice] as number) + 1;
  }
  const shared = shareSlices(insides, outsides);
  return { slices: own.map((slice) => shared[slice] as number), count };
}

/** Joins each slice that has selected traces and too few others to the nearest slice with enough of them. */
function shareSlices(insides: Int32Array, outsides: Int32Array): Int32Array {
  const hasBaseline = [...outsides].map((traces) => traces >= FEWEST_TRACES);
  return insides.map((traces, slice) => {
    if (traces === 0 || hasBaseline[slice]) return slice;
    const near = hasBaseline
      .flatMap((has, other) => (has ? [other] : []))
      .sort((a, b) => Math.abs(a - slice) - Math.abs(b - slice));
    return near[0] ?? 0;
  });
}
