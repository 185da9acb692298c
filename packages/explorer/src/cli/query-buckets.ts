import type { Column } from "../format/table/column.js";
import type { Series, SeriesAnswer } from "../model/series.js";
import { aggregatedText, keyColumns } from "./query-series.js";

/** One bucket of one series. */
export interface BucketRow {
  readonly series: Series;
  readonly index: number;
  /** Start of the bucket, in seconds since the epoch. */
  readonly time: number;
}

/** Creates the rows of the table of buckets, by time. Buckets without items have none. */
export const bucketRows = ({ times, series }: SeriesAnswer): BucketRow[] =>
  times.flatMap((time, index) =>
    series.map((each) => ({ series: each, index, time })).filter((row) => samplesOf(row) > 0),
  );

/** Creates the columns of the table of buckets. */
export function bucketColumns(answer: SeriesAnswer, by: readonly string[]): Column<BucketRow>[] {
  const values = answer.aggregations.map((name): Column<BucketRow> => ({
    title: name,
    cell: (row) =>
      aggregatedText(answer, name, {
        value: row.series.values[name]?.[row.index],
        samples: samplesOf(row),
      }),
    align: "right",
  }));
  return [
    { title: "time (UTC)", cell: bucketTime(answer.range.seconds) },
    ...keyColumns<BucketRow>(by, ({ series }) => series),
    ...values,
  ];
}

const samplesOf = ({ series, index }: BucketRow): number => series.samples[index] ?? 0;

const DAY_SECONDS = 86_400;

/** The start of a bucket: the time of day, with the date when the range has more than a day. */
function bucketTime(rangeSeconds: number): (row: BucketRow) => string {
  return ({ time }) => {
    const text = new Date(time * 1_000).toISOString();
    return rangeSeconds < DAY_SECONDS ? text.slice(11, 23) : text.slice(0, 19).replace("T", " ");
  };
}
