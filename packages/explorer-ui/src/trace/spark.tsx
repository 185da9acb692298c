import type { SparkShown } from "./spark-question.js";

const WIDTH = 120;
const HEIGHT = 28;
const EDGE = 3;

/** A small line without axes, and on it the place of one value. */
export function Spark({ values, bucket, value, label }: SparkShown) {
  const all = [...values, value ?? null].filter((each) => each !== null);
  const [low, high] = [Math.min(0, ...all), Math.max(0, ...all)];
  const x = (place: number): number => ((place + 0.5) / Math.max(1, values.length)) * WIDTH;
  const y = (each: number): number =>
    HEIGHT - EDGE - ((each - low) / (high - low || 1)) * (HEIGHT - 2 * EDGE);
  return (
    <svg class="spark" role="img" aria-label={label} viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
      {value === undefined ? (
        <line class="here" x1={x(bucket)} x2={x(bucket)} y1={0} y2={HEIGHT} />
      ) : (
        <circle class="here" cx={x(bucket)} cy={y(value)} r={EDGE} />
      )}
      <path class="course" d={pathOf(values, x, y)} />
    </svg>
  );
}

/** A gap is a gap, and a value between two gaps is a short line. */
function pathOf(
  values: readonly (number | null)[],
  x: (place: number) => number,
  y: (value: number) => number,
): string {
  return values
    .map((value, place) => {
      if (value === null) return "";
      const isStart = place === 0 || values[place - 1] === null;
      return `${isStart ? `M${x(place) - 1} ${y(value)}` : ""}L${x(place)} ${y(value)}`;
    })
    .join("");
}
