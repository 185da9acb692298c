/** A stretch of time. All times are in nanoseconds from one moment. */
export interface Stretch {
  readonly begin: number;
  readonly end: number;
}

/** Returns the time in a span and in none of its children. Children may overlap each other, and exceed the span. */
export function selfTime({ begin, end }: Stretch, children: readonly Stretch[]): number {
  let reached = begin;
  let covered = 0;
  for (const child of [...children].sort((one, other) => one.begin - other.begin)) {
    const from = Math.max(child.begin, reached);
    const to = Math.min(child.end, end);
    if (to <= from) continue;
    covered += to - from;
    reached = to;
  }
  return end - begin - covered;
}
