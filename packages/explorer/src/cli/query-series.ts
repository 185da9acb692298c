import { shortSparkline } from "../format/text/bar.js";
import { formatChange, formatDifference } from "../format/text/change.js";
import { formatNumber } from "../format/text/number.js";
import { safeText } from "../format/text/safe-text.js";
import { formatValue } from "../format/text/unit.js";
import type { Column } from "../format/table/column.js";
import { isInMetricUnit, type Aggregation } from "../model/aggregation.js";
import type { Series, SeriesAnswer } from "../model/series.js";

/** A series beside itself in the earlier range. */
export interface SeriesRow {
  readonly series: Series;
  /** `undefined` when it had no items there. */
  readonly before: Series | undefined;
  /** Part of the whole, from 0 to 1; `undefined` without a whole. */
  readonly share: number | undefined;
}

/** Creates the rows of the table of series. */
export function seriesRows(answer: SeriesAnswer): SeriesRow[] {
  const { series, earlier } = answer;
  const whole = series.reduce((sum, each) => sum + partOf(answer, each), 0);
  return series.map((each, index) => {
    const before = earlier?.series[index];
    const share = partOf(answer, each) / whole;
    return {
      series: each,
      before: before?.samples.some((count) => count > 0) ? before : undefined,
      share: share >= 0 && share <= 1 ? share : undefined,
    };
  });
}

/** Each aggregation of a counter is in proportion to its sum. */
const partOf = ({ metric, aggregations }: SeriesAnswer, { total, weighted }: Series): number =>
  metric.type === "counter" ? (total[aggregations[0] ?? "sum"] ?? 0) : weighted;

/** Characters of the course of a series. */
const COURSE_WIDTH = 20;

/** Creates the columns of the table of series. */
export function seriesColumns(
  answer: SeriesAnswer,
  by: readonly string[],
  isTerminal: boolean,
): Column<SeriesRow>[] {
  const { aggregations, earlier } = answer;
  const [first] = aggregations;
  const values = aggregations.flatMap((name) => [
    valueColumn(answer, name),
    ...(earlier ? changeColumns(answer, name) : []),
  ]);
  const course: Column<SeriesRow> = {
    title: "course",
    cell: ({ series }) => shortSparkline(first ? (series.values[first] ?? []) : [], COURSE_WIDTH),
    dropOrder: 1,
  };
  return [
    ...keyColumns<SeriesRow>(by, ({ series }) => series),
    ...values,
    ...(aggregations.includes("count") ? [] : [COUNT]),
    ...(by.length > 0 ? [SHARE] : []),
    ...(isTerminal ? [course] : []),
  ];
}

/** Creates the columns of the keys of a group. All groups without a row of their own have their number in the first one. */
export const keyColumns = <T>(by: readonly string[], seriesOf: (row: T) => Series): Column<T>[] =>
  by.map((key, index) => ({
    title: safeText(key),
    cell: (row) => {
      const { group, others = 0 } = seriesOf(row);
      if (group !== undefined) return safeText(group[key] ?? "(none)");
      return index === 0 ? `(${formatNumber(others)} others)` : "";
    },
    canCut: true,
  }));

/** Formats a value of an aggregation: one that a double cannot hold is `null` although there are items. */
export function aggregatedText(
  { metric }: SeriesAnswer,
  name: Aggregation,
  { value, samples }: { value: number | null | undefined; samples: number },
): string {
  if (value == null && samples > 0) return "too large";
  return formatValue(value, unitOf(metric, name));
}

const unitOf = ({ type, unit }: SeriesAnswer["metric"], name: Aggregation): string =>
  isInMetricUnit(name, type) ? unit : "none";

const samplesOf = ({ samples }: Series): number => samples.reduce((sum, each) => sum + each, 0);

const valueColumn = (answer: SeriesAnswer, name: Aggregation): Column<SeriesRow> => ({
  title: name,
  cell: ({ series }) =>
    aggregatedText(answer, name, { value: series.total[name], samples: samplesOf(series) }),
  align: "right",
});

function changeColumns(answer: SeriesAnswer, name: Aggregation): Column<SeriesRow>[] {
  const { metric } = answer;
  const now = ({ series }: SeriesRow): number | null => series.total[name] ?? null;
  const earlier = ({ before }: SeriesRow): number | null => before?.total[name] ?? null;
  const difference = (row: SeriesRow): number | null => {
    const [one, other] = [now(row), earlier(row)];
    return one === null || other === null ? null : one - other;
  };
  return [
    {
      title: "before",
      cell: (row) => formatValue(earlier(row), unitOf(metric, name)),
      align: "right",
    },
    {
      title: "Δ",
      cell: (row) => formatDifference(difference(row), unitOf(metric, name)),
      align: "right",
      dropOrder: 4,
    },
    { title: "Δ%", cell: (row) => formatChange(now(row), earlier(row)), align: "right" },
  ];
}

const COUNT: Column<SeriesRow> = {
  title: "count",
  cell: ({ series }) => formatNumber(Math.round(series.weighted)),
  align: "right",
  dropOrder: 3,
};

const SHARE: Column<SeriesRow> = {
  title: "share",
  cell: ({ share }) =>
    share === undefined ? "-" : `${formatNumber(Number((share * 100).toPrecision(3)))} %`,
  align: "right",
  dropOrder: 2,
};
