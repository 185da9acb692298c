import type { Aggregation } from "@spanmeter/explorer/model/aggregation";
import type { Exemplar, Exemplars } from "@spanmeter/explorer/model/exemplar";
import type { Heatmap } from "@spanmeter/explorer/model/heatmap";
import type { Series, SeriesAnswer } from "@spanmeter/explorer/model/series";
import type {
  ChartDot,
  ChartFrame,
  ChartLine,
  HeatChart,
  LineChart,
} from "../chart/chart-model.js";
import { formatValue } from "../format/value.js";
import type { Box } from "../url/box.js";
import { isOnItemScale, nameOf, unitOf } from "./aggregations.js";
import type { Panel } from "./panel.js";

interface Parts {
  readonly answer: SeriesAnswer;
  readonly exemplars: Exemplars | undefined;
  readonly panel: Panel;
  readonly box: Box | undefined;
}

/**
 * Makes the charts of a panel. Aggregations share one when their values have one scale and there are no groups; otherwise
 * each has its own.
 */
export function toCharts(parts: Parts): readonly LineChart[] {
  const { aggregations, metric } = parts.answer;
  const isGrouped = parts.panel.by.length > 0;
  const charts = new Map<string, Aggregation[]>();
  for (const each of aggregations) {
    const scale = `${unitOf(each, metric.type, metric.unit)} ${isOnItemScale(each, metric.type)}`;
    const key = isGrouped || !isOnItemScale(each, metric.type) ? each : scale;
    charts.set(key, [...(charts.get(key) ?? []), each]);
  }
  return [...charts.values()].map((shared) => toChart(shared, parts));
}

function toChart(aggregations: readonly Aggregation[], parts: Parts): LineChart {
  const { answer, exemplars, panel, box } = parts;
  const { metric, earlier } = answer;
  const unit = unitOf(aggregations[0]!, metric.type, metric.unit);
  const lines = answer.series.flatMap((series, place) =>
    aggregations.map((each) => toLine(series, each, earlier?.series[place])),
  );
  return {
    ...frameOf(answer, box),
    caption: captionOf(aggregations, answer, lines, panel, unit),
    unit,
    draw: panel.view === "area" || panel.view === "bar" ? panel.view : "line",
    isLogarithmic: panel.y === "log",
    isGrouped: panel.by.length > 0,
    lines,
    ...(earlier && { earlierLabel: "before" }),
    dots: exemplars
      ? exemplars.exemplars.map((each) => toDot(each, aggregations, parts, lines))
      : [],
  };
}

/** The key of a group's line: it keeps its colour in every chart. */
export function lineKey(series: Pick<Series, "group" | "others">, aggregation: string): string {
  if (series.group && Object.keys(series.group).length > 0) return JSON.stringify(series.group);
  return series.others === undefined ? aggregation : "others";
}

/** The name of a group for people. */
export function groupLabel({ group, others }: Pick<Series, "group" | "others">): string {
  if (others !== undefined) return `${others} ${others === 1 ? "other" : "others"}`;
  return Object.values(group ?? {})
    .map((value) => (value === null ? "(not set)" : value === "" ? "(empty)" : value))
    .join(" · ");
}

function toLine(series: Series, aggregation: Aggregation, earlier: Series | undefined): ChartLine {
  return {
    key: lineKey(series, aggregation),
    label: groupLabel(series) || nameOf(aggregation),
    isOthers: series.others !== undefined,
    values: series.values[aggregation] ?? [],
    total: series.total[aggregation] ?? null,
    ...(earlier && {
      earlier: earlier.values[aggregation] ?? [],
      earlierTotal: earlier.total[aggregation] ?? null,
    }),
  };
}

function toDot(
  exemplar: Exemplar,
  aggregations: readonly Aggregation[],
  { answer: { metric, times }, panel }: Parts,
  lines: readonly ChartLine[],
): ChartDot {
  const aggregation = aggregations[0]!;
  const key = exemplar.group
    ? JSON.stringify(exemplar.group)
    : lines.some((each) => each.isOthers)
      ? "others"
      : undefined;
  const isGroup = lines.some((each) => each.key === key);
  const line = lines.find((each) => each.key === key) ?? lines.at(-1);
  const isOwnScale = isOnItemScale(aggregation, metric.type);
  const isStacked = panel.view === "area" || panel.view === "bar";
  const { id, traceId, spanId, trace } = exemplar;
  return {
    id,
    time: Math.max(Date.parse(exemplar.time) / 1000, times[exemplar.bucket] ?? 0),
    // A single call is no rate: it is drawn on the line, where its bucket is.
    value: isStacked
      ? stackedValue(lines, line, exemplar.bucket)
      : isOwnScale
        ? exemplar.value
        : (line?.values[exemplar.bucket] ?? 0),
    text: formatValue(exemplar.value, metric.unit),
    line: isGroup ? key! : (line?.key ?? aggregation),
    errors: trace.errors,
    ...(traceId !== undefined && { traceId }),
    ...(spanId !== undefined && { spanId }),
  };
}

/** The height of a line where lines are drawn on top of each other. */
function stackedValue(
  lines: readonly ChartLine[],
  line: ChartLine | undefined,
  bucket: number,
): number {
  const below = line ? lines.slice(0, lines.indexOf(line) + 1) : [];
  return below.reduce((sum, { values }) => sum + (values[bucket] ?? 0), 0);
}

/** Makes the chart of a metric's values. */
export function toHeatChart(
  answer: Heatmap,
  dots: readonly ChartDot[],
  box: Box | undefined,
): HeatChart {
  const { metric, rows, cells } = answer;
  return {
    ...frameOf(answer, box),
    draw: "heat",
    caption: `Values of ${metric.name}`,
    unit: metric.unit,
    rows,
    cells: cells.bucket.map((bucket, at) => ({
      bucket,
      row: cells.row[at]!,
      count: cells.weight[at]!,
      min: cells.min[at]!,
      max: cells.max[at]!,
    })),
    dots,
  };
}

function frameOf(
  { range, times, intervalSeconds, partial }: SeriesAnswer | Heatmap,
  box: Box | undefined,
): Omit<ChartFrame, "caption" | "unit"> {
  return {
    range: { since: Date.parse(range.since) / 1000, until: Date.parse(range.until) / 1000 },
    times,
    intervalSeconds,
    partial,
    strips: [],
    box,
  };
}

function captionOf(
  aggregations: readonly Aggregation[],
  { metric }: SeriesAnswer,
  lines: readonly ChartLine[],
  { by }: Panel,
  unit: string,
): string {
  const what = `${aggregations.map(nameOf).join(", ")} of ${metric.name}${by.length > 0 ? ` by ${by.join(", ")}` : ""}`;
  const highest = lines
    .filter(({ total }) => total !== null)
    .toSorted((a, b) => b.total! - a.total!)[0];
  return highest ? `${what}; ${highest.label} ${formatValue(highest.total, unit)}` : what;
}
