import { Command } from "commander";
import { nameText, safeText } from "../format/text/safe-text.js";
import { formatDuration } from "../format/text/unit.js";
import { wrap } from "../format/text/wrap.js";
import { AGGREGATIONS } from "../model/aggregation.js";
import type { AttributeSummary } from "../model/attribute-summary.js";
import type { SeriesAnswer } from "../model/series.js";
import type { ShownRange } from "../model/shown-range.js";
import {
  collectList,
  wholeNumber,
  withChooseOptions,
  withReadOptions,
  type ChooseOptions,
  type ReadOptions,
} from "./command-options.js";
import { CliError, EXIT_CODE } from "./exit-code.js";
import type { Output } from "./output.js";
import { bucketColumns, bucketRows } from "./query-buckets.js";
import { seriesColumns, seriesRows } from "./query-series.js";
import { withSource, type Source } from "../client/source.js";

interface Options extends ReadOptions, ChooseOptions {
  agg?: string[];
  by?: string[];
  interval?: string;
  top?: number;
  sort?: string;
  compare?: string;
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
    .option("--agg <names>", "aggregations, at most 4, repeated or with commas", collectList)
    .option(
      "--by <keys>",
      "attributes to group by, at most 3, repeated or with commas",
      collectList,
    )
    .option(
      "--compare <range>",
      "beside an earlier range: prev (just before), a duration back (1d), its start, or A..B",
    )
    .option("--top <number>", "groups; all others are one row (default: 8)", wholeNumber(1, 50))
    .option(
      "--sort <aggregation>",
      "order of the groups, with - the largest first (default: - and the first aggregation)",
    )
    .option("--interval <duration>", "also each bucket of this length, for example 10s; or auto")
    .addHelpText("after", HELP)
    .action(async (metric: string, options: Options) => {
      const { json, by = [], interval } = options;
      const path = `/api/metrics/${encodeURIComponent(metric)}`;
      await withSource(options, async (source) => {
        const answer = await source.get<SeriesAnswer>(`${path}/series`, parametersOf(options));
        if (json) output.json(answer);
        else if (answer.items.stored > 0)
          print(answer, { by, isOverTime: interval !== undefined }, output);
        for (const note of answer.notes) output.remark(`${note.message}.`);
        if (answer.items.stored === 0) throw new CliError(EXIT_CODE.failure, nothing(answer));
        const unknown = by.filter((key) =>
          answer.series.every(({ group }) => group === undefined || group[key] === null),
        );
        if (unknown.length > 0) output.remark(await explainKeys(unknown, path, source));
      });
    });

function parametersOf({ url: _url, data: _data, json: _json, top, compare, ...rest }: Options) {
  return {
    ...rest,
    top: top?.toString(),
    compare: compare === "prev" ? "previous" : compare,
  };
}

/** Lists the attributes when a key is unknown: all items would be in the group "(none)". */
async function explainKeys(keys: string[], path: string, source: Source): Promise<string> {
  const { attributes } = await source.get<{ attributes: AttributeSummary[] }>(`${path}/attributes`);
  const known = attributes.map(({ key }) => safeText(key)).join(", ");
  const list = known === "" ? "There are no attributes" : `The attributes are ${known}`;
  return `No item has the attribute ${keys.map(safeText).join(", ")}. ${list}.`;
}

const nothing = ({ metric, range }: SeriesAnswer): string =>
  `No ${metric.name} ${betweenText(range)}; widen it with --since`;

const betweenText = ({ since, until }: ShownRange): string =>
  `between ${since.slice(0, 19)}Z and ${until.slice(0, 19)}Z`;

function print(
  answer: SeriesAnswer,
  { by, isOverTime }: { by: readonly string[]; isOverTime: boolean },
  output: Output,
): void {
  const { metric, range, earlier } = answer;
  const unit = metric.unit === "none" ? "" : ` in ${metric.unit}`;
  const duration = formatDuration(range.seconds * 1_000);
  const before = earlier ? `, beside that ${betweenText(earlier.range)}` : "";
  const title = `${nameText(metric.name)}, ${metric.type}${unit}, over ${duration}${before}`;
  for (const line of wrap(title, output.width ?? Infinity)) output.line(output.colours.faint(line));
  const isTerminal = output.width !== undefined;
  output.table(seriesRows(answer), seriesColumns(answer, by, isTerminal));
  if (!isOverTime) return;
  output.line("");
  output.table(bucketRows(answer), bucketColumns(answer, by));
}
