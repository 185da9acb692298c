const [WIDTH, HEIGHT] = [96, 20];

/** The course of values as a small line: a picture of numbers that stand beside it. Gaps are gaps. */
export function Sparkline({ values }: { values: readonly (number | null)[] }) {
  const numbers = values.filter((each) => each !== null);
  const max = numbers.reduce((a, b) => Math.max(a, b), -Infinity);
  const min = Math.min(
    0,
    numbers.reduce((a, b) => Math.min(a, b), Infinity),
  );
  const x = (at: number): number => (at / Math.max(1, values.length - 1)) * WIDTH;
  const y = (value: number): number =>
    HEIGHT - 1 - ((value - min) / (max - min || 1)) * (HEIGHT - 2);
  const path = values
    .map((value, at) =>
      value === null
        ? ""
        : `${at > 0 && values[at - 1] !== null ? "L" : "M"}${x(at).toFixed(1)} ${y(value).toFixed(1)}`,
    )
    .join("");
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      aria-hidden="true"
    >
      {/* A single value has no line, only a round end. */}
      <path d={path && `${path}h0`} />
    </svg>
  );
}
