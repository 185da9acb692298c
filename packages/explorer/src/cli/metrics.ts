import { Command } from "commander";
import { formatNumber } from "../format/text/number.js";
import { sparkline } from "../format/text/bar.js";
import { nameText } from "../format/text/safe-text.js";
import type { Column } from "../format/table/column.js";
import type { MetricList, MetricSummary } from "../model/metric.js";
import type { Stats } from "../model/stats.js";
import { commandLine } from "./command-line.js";
import { withReadOptions, type ReadOptions } from "./command-options.js";
import { CliError, EXIT_CODE } from "./exit-code.js";
import type { Output } from "./output.js";
import { withSource } from "../client/source.js";

/** Creates the command `spanmeter metrics`. */
export const metricsCommand = (output: Output): Command =>
  withReadOptions(new Command("metrics"))
    .description("list the metrics that were received")
    .action(async (options: ReadOptions) => {
      const [list, stats] = await withSource(options, (source) =>
        Promise.all([
          source.get<MetricList>("/api/metrics", { spark: String(SPARK) }),
          source.get<Stats>("/api/stats"),
        ]),
      );
      const { metrics, total } = list;
      if (options.json) output.json(list);
      else if (metrics.length > 0)
        output.table(metrics, output.width === undefined ? COLUMNS : [...COLUMNS, COURSE]);
      if (metrics.length < total)
        output.remark(`Only ${formatNumber(metrics.length)} of ${formatNumber(total)} are shown`);
      for (const loss of lossesOf(stats)) output.remark(loss);
      if (metrics.length === 0)
        throw new CliError(EXIT_CODE.failure, "No metrics were received yet");
    });

/** Characters of the course of a metric. */
const SPARK = 20;

/** Older losses are not shown; `GET /api/stats` has all of them. */
const RECENT_MS = 3_600_000;

/** Losses that the table cannot show, because they did not become metrics. */
function lossesOf({ kinds, lostBySdks }: Stats): string[] {
  const refused = kinds.find(({ kind }) => kind === "container")?.count ?? 0;
  const losses = lostBySdks
    .filter(({ lastSeen }) => Date.now() - Date.parse(lastSeen) < RECENT_MS)
    .map(
      ({ sdk, quantity, category, reason, lastSeen }) =>
        `${sdk ?? "An SDK"} lost ${formatNumber(quantity)} ${category} (${reason}), ` +
        `as it last reported at ${lastSeen.slice(11, 19)} UTC`,
    );
  if (refused === 0) return losses;
  const where = `${commandLine()} samples --verdict dropped`;
  return [...losses, `${formatNumber(refused)} containers were refused as a whole: ${where}`];
}

const COLUMNS: Column<MetricSummary>[] = [
  { title: "metric", cell: (metric) => nameText(metric.name), canCut: true },
  { title: "type", cell: (metric) => metric.type ?? "-" },
  { title: "unit", cell: (metric) => metric.unit ?? "-", dropOrder: 4 },
  { title: "count", cell: (metric) => formatNumber(metric.count), align: "right" },
  {
    title: "samples",
    cell: (metric) => formatNumber(metric.samples),
    align: "right",
    dropOrder: 2,
  },
  {
    title: "changed",
    cell: (metric) => formatNumber(metric.changed),
    align: "right",
    dropOrder: 3,
  },
  {
    title: "dropped",
    cell: (metric) => formatNumber(metric.dropped),
    align: "right",
    dropOrder: 5,
  },
  {
    title: "last seen (UTC)",
    cell: (metric) => metric.lastSeen.slice(0, 19).replace("T", " "),
    dropOrder: 1,
  },
];

const COURSE: Column<MetricSummary> = {
  title: "course",
  cell: ({ spark }) => sparkline(spark),
  dropOrder: 1,
};
