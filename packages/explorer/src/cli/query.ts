import { Command } from "commander";
import { nameText, safeText } from "../format/text/safe-text.js";
import type { Column } from "../format/table/column.js";
import { formatDuration, formatValue } from "../format/text/unit.js";
import { wrap } from "../format/text/wrap.js";
import type { Aggregate, AggregateRow } from "../model/aggregate.js";
import { AGGREGATIONS, isInMetricUnit } from "../model/aggregation.js";
import type { AttributeSummary } from "../model/attribute-summary.js";
import {
  collectList,
  withChooseOptions,
  withReadOptions,
  type ChooseOptions,
  type ReadOptions,
} from "./command-options.js";
import { CliError, EXIT_CODE } from "./exit-code.js";
import type { Output } from "./output.js";
import { withSource, type Source } from "../client/source.js";

interface Options extends ReadOptions, ChooseOptions {
  agg?: string[];
  by?: string[];
  interval?: string;
}

const HELP = `
Aggregations:
${Object.entries(AGGREGATIONS)
  .map(([type, names]) => `  ${type.padEnd(12)}  ${names.join(", ")}`)
  .join("\n")}

Sampled metrics count 1 / sentry.client_sample_rate times. Rates are over the time range.`;

/** Creates the command `spanmeter query`. */
export const queryCommand = (output: Output): Command =>
  withChooseOptions(withReadOptions(new Command("query")), "1h")
    .description("aggregate a metric")
    .argument("<metric>", "its name")
    .option("--agg <names>", "aggregations, repeated or with commas", collectList)
    .option("--by <keys>", "attributes to group by, repeated or with commas", collectList)
    .option("--interval <duration>", "one row per bucket of this length, for example 10s")
    .addHelpText("after", HELP)
    .action(async (metric: string, options: Options) => {
      const { url: _url, data: _data, json, ...parameters } = options;
      const path = `/api/metrics/${encodeURIComponent(metric)}`;
      await withSource(options, async (source) => {
        const result = await source.get<Aggregate>(`${path}/query`, { ...parameters });
        if (json) output.json(result);
        else if (result.rows.length > 0) print(result, options.by ?? [], output);
        for (const note of result.notes) output.remark(`${note.message}.`);
        if (result.truncated) output.remark(`Only the first ${result.rows.length} rows are shown.`);
        if (result.rows.length === 0) throw new CliError(EXIT_CODE.failure, nothing(result));
        const unknown = (options.by ?? []).filter((key) =>
          result.rows.every(({ group }) => group[key] === null),
        );
        if (unknown.length > 0) output.remark(await explainKeys(unknown, path, source));
      });
    });

/** Lists the attributes when a key is unknown: all items would be in the group "(none)". */
async function explainKeys(keys: string[], path: string, source: Source): Promise<string> {
  const { attributes } = await source.get<{ attributes: AttributeSummary[] }>(`${path}/attributes`);
  const known = attributes.map(({ key }) => safeText(key)).join(", ");
  const list = known === "" ? "There are no attributes" : `The attributes are ${known}`;
  return `No item has the attribute ${keys.map(safeText).join(", ")}. ${list}.`;
}

const nothing = ({ metric, range }: Aggregate): string =>
  `No ${metric.name} between ${range.since.slice(0, 19)}Z and ${range.until.slice(0, 19)}Z; widen it with --since`;

function print(result: Aggregate, by: readonly string[], output: Output): void {
  const { metric, aggregations } = result;
  const unit = metric.unit === "none" ? "" : ` in ${metric.unit}`;
  const duration = formatDuration(result.range.seconds * 1_000);
  const title = `${nameText(metric.name)}, ${metric.type}${unit}, over ${duration}`;
  for (const line of wrap(title, output.width ?? Infinity)) output.line(output.colours.faint(line));
  const time: Column<AggregateRow>[] =
    result.intervalSeconds === undefined
      ? []
      : [{ title: "time (UTC)", cell: bucketTime(result.range.seconds) }];
  const keys = by.map((key): Column<AggregateRow> => ({
    title: safeText(key),
    cell: (row) => safeText(row.group[key] ?? "(none)"),
    canCut: true,
  }));
  const values = aggregations.map((name): Column<AggregateRow> => ({
    title: name,
    cell: ({ values }) =>
      values[name] == null
        ? "too large"
        : formatValue(values[name], isInMetricUnit(name, metric.type) ? metric.unit : "none"),
    align: "right",
  }));
  output.table(result.rows, [...time, ...keys, ...values]);
}

const DAY_SECONDS = 86_400;

/** The start of a bucket: the time of day, with the date when the range has more than a day. */
const bucketTime =
  (rangeSeconds: number) =>
  ({ time = "" }: AggregateRow): string =>
    rangeSeconds < DAY_SECONDS ? time.slice(11, 23) : time.slice(0, 19).replace("T", " ");
