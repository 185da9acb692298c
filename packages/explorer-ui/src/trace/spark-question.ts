import { isInMetricUnit, type Aggregation } from "@spanmeter/explorer/model/aggregation";
import type { MetricType } from "@spanmeter/explorer/model/metric";
import type { SeriesAnswer } from "@spanmeter/explorer/model/series";
import type { TraceMark } from "@spanmeter/explorer/model/trace-page";
import { apiPath } from "../api/ask.js";
import { formatNumber } from "../format/number.js";
import { formatValue } from "../format/value.js";
import { formatFactor } from "./excess.js";

const BUCKETS = 60;
const BUCKET_SECONDS = 60;
/** The hour ends this long after the value, or now. */
const AFTER_SECONDS = 15 * 60;

const DRAWN: Readonly<Record<MetricType, Aggregation>> = {
  distribution: "p95",
  gauge: "avg",
  counter: "per_minute",
};
const NAMES: Partial<Record<Aggregation, string>> = { avg: "average", per_minute: "a minute" };

/** The content of a spark. */
export interface SparkShown {
  readonly values: readonly (number | null)[];
  /** Where the value of the mark is: its bucket, and its value unless the line is of another kind. */
  readonly bucket: number;
  readonly value: number | undefined;
  /** The whole as a sentence. */
  readonly label: string;
  /** The value over the whole range, and how many times that the mark is, in words. */
  readonly words: string;
}

interface SparkQuestion {
  readonly path: string;
  readonly read: (answer: SeriesAnswer) => SparkShown;
}

/** Returns the question for the course of a metric in the hour around a mark, in whole buckets. */
export function around(mark: TraceMark, atMs: number): SparkQuestion {
  const at = atMs / 1_000;
  const latest = Math.min(at + AFTER_SECONDS, Math.max(at, Date.now() / 1_000));
  const until = (Math.floor(latest / BUCKET_SECONDS) + 1) * BUCKET_SECONDS;
  const aggregation = DRAWN[mark.type as MetricType] ?? "count";
  const { type, unit = "none", name } = mark;
  return {
    path: apiPath(["metrics", name, "series"], {
      type,
      unit,
      agg: [aggregation],
      since: until - BUCKETS * BUCKET_SECONDS,
      until,
      interval: `${BUCKET_SECONDS}s`,
    }),
    read: ({ series, times, metric }) => {
      const [line] = series;
      const total = line?.total[aggregation] ?? null;
      const bucket = times.findLastIndex((time) => time <= at);
      const isComparable = metric.type !== "counter";
      const inUnit = isInMetricUnit(aggregation, metric.type);
      const shown = total === null ? "–" : inUnit ? formatValue(total, unit) : formatNumber(total);
      const label = NAMES[aggregation] ?? aggregation;
      const whole = isComparable ? `${label} ${shown}` : `${shown} ${label}`;
      const factor =
        isComparable && total && mark.value !== undefined ? mark.value / total : undefined;
      return {
        values: line?.values[aggregation] ?? [],
        bucket,
        value: isComparable ? mark.value : undefined,
        label: `${name} over the hour around this: ${whole}`,
        words: factor === undefined ? whole : `×${formatFactor(factor)} the ${label} (${shown})`,
      };
    },
  };
}
