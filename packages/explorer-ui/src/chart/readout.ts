import { formatCount } from "../format/number.js";
import { formatTime } from "../format/time.js";
import { formatValue } from "../format/value.js";
import { isPartial } from "./buckets.js";
import type { ChartModel } from "./chart-model.js";

/** One line of a chart, or row of a heat map, in one bucket, in words. */
export interface ReadLine {
  /** Place among the lines or rows of the model. */
  readonly place: number;
  readonly key: string;
  readonly label: string;
  readonly value: string;
  /** The value of the earlier range; absent when there is none. */
  readonly earlier?: string;
}

/** Writes the time of a bucket. */
export function readTime(model: ChartModel, bucket: number): string {
  const time = formatTime((model.times[bucket] ?? 0) * 1000);
  return isPartial(model, bucket) ? `${time} (partial)` : time;
}

/** Reads all lines in one bucket; of a heat map the rows that have items, from the greatest values. */
export function readBucket(model: ChartModel, bucket: number): ReadLine[] {
  if (model.draw === "heat") {
    return model.cells
      .filter((cell) => cell.bucket === bucket)
      .toSorted((one, other) => other.row - one.row)
      .map(({ row, count, min, max }) => ({
        place: row,
        key: String(row),
        label: `${formatValue(min, model.unit)} to ${formatValue(max, model.unit)}`,
        value: formatCount(count),
      }));
  }
  return model.lines.map((line, place) => {
    const unit = line.unit ?? model.unit;
    return {
      place,
      key: line.key,
      label: line.label,
      value: formatValue(line.values[bucket], unit),
      ...(line.earlier &&
        model.earlierLabel !== undefined && { earlier: formatValue(line.earlier[bucket], unit) }),
    };
  });
}

/** Says one line of one bucket, for a screen reader. */
export function sayBucket(model: ChartModel, bucket: number, place: number): string {
  const time = readTime(model, bucket);
  const read = readBucket(model, bucket).find((line) => line.place === place);
  const dots = dotsIn(model, bucket);
  const samples = dots === 0 ? "" : `, ${dots} ${dots === 1 ? "sample" : "samples"}`;
  if (!read) return `${time}: no items${samples}`;
  const value = read.value === "–" ? "no value" : read.value;
  const unit = model.draw === "heat" ? " items" : "";
  const earlier = read.earlier === undefined ? "" : `, before ${read.earlier}`;
  return `${time}: ${read.label} ${value}${unit}${earlier}${samples}`;
}

function dotsIn({ dots, times, intervalSeconds }: ChartModel, bucket: number): number {
  const start = times[bucket] ?? 0;
  return dots.filter(({ time }) => time >= start && time < start + intervalSeconds).length;
}
