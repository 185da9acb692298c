import { Command, InvalidArgumentError } from "commander";
import { bar } from "../format/text/bar.js";
import { formatNumber } from "../format/text/number.js";
import { safeText } from "../format/text/safe-text.js";
import { formatBytes, formatDuration } from "../format/text/unit.js";
import { wrap } from "../format/text/wrap.js";
import type { Column } from "../format/table/column.js";
import type { CostAnswer, CostRow } from "../model/cost.js";
import { withSource } from "../client/source.js";
import { collect, wholeNumber, withReadOptions, type ReadOptions } from "./command-options.js";
import { CliError, EXIT_CODE } from "./exit-code.js";
import type { Output } from "./output.js";
import { withTimeOptions, type TimeOptions } from "./time-options.js";

interface Options extends ReadOptions, TimeOptions {
  by: string;
  where?: string[];
  limit: number;
  price?: number;
  free?: number;
}

/** Creates the command `spanmeter cost`. */
export const costCommand = (output: Output): Command =>
  withTimeOptions(withReadOptions(new Command("cost")), "1h")
    .description("show the bytes of metrics, and what they would cost in a month at this rate")
    .option("--by <what>", "metric, key (of an attribute) or sdk", "metric")
    .option("--where <filter>", "only these items, as in query", collect)
    .option("--limit <number>", "how many rows", wholeNumber(1, 1_000), 20)
    .option("--price <amount>", "of a GB (default: 0.5)", decimalNumber)
    .option("--free <gigabytes>", "of a month that cost nothing (default: 5)", decimalNumber)
    .action(async (options: Options) => {
      const { url: _url, data: _data, json, limit, price, free, ...parameters } = options;
      const answer = await withSource(options, (source) =>
        source.get<CostAnswer>("/api/cost", {
          ...parameters,
          limit: String(limit),
          price: price?.toString(),
          free: free?.toString(),
        }),
      );
      if (json) output.json(answer);
      else if (answer.rows.length > 0) print(answer, output);
      const { total, shown } = answer.groups;
      if (shown < total) output.remark(`Only ${shown} of ${total} rows are shown: --limit`);
      if (total === 0) throw new CliError(EXIT_CODE.failure, "No metrics match");
    });

/** Reads a decimal number that is not negative. Throws a usage error for any other text. */
function decimalNumber(text: string): number {
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a number, for example 0.5.");
}

function print(answer: CostAnswer, output: Output): void {
  const { total, range, price, free } = answer;
  const title =
    `${formatBytes(total.bytes)} in ${formatDuration(range.seconds * 1_000)}; ` +
    `30 days at this rate: ${formatBytes(total.month.bytes)}, ${formatPrice(total.month.price)} ` +
    `(${formatNumber(price)} a GB after ${formatNumber(free)} GB)`;
  for (const line of wrap(title, output.width ?? Infinity)) output.line(output.colours.faint(line));
  output.table(answer.rows, columns(answer, output.width !== undefined));
}

const BAR_WIDTH = 20;

function columns({ by }: CostAnswer, isTerminal: boolean): Column<CostRow>[] {
  const names = { metric: "metric", key: "attribute", sdk: "SDK" };
  const unnamed = by === "key" ? "(no attribute)" : "(unknown)";
  const bars: Column<CostRow> = {
    title: "",
    cell: ({ share }) => bar(share, BAR_WIDTH),
    dropOrder: 3,
  };
  return [
    {
      title: names[by],
      cell: ({ name }) => (name === null ? unnamed : safeText(name)),
      canCut: true,
    },
    ...(by === "metric" ? METRIC_COLUMNS : []),
    { title: "items", cell: ({ items }) => formatNumber(items), align: "right", dropOrder: 4 },
    { title: "bytes", cell: ({ bytes }) => formatBytes(bytes), align: "right" },
    {
      title: "a minute",
      cell: ({ perMinute }) => formatBytes(perMinute.bytes),
      align: "right",
      dropOrder: 5,
    },
    { title: "share", cell: ({ share }) => `${(share * 100).toFixed(1)} %`, align: "right" },
    ...(isTerminal ? [bars] : []),
    { title: "a month", cell: ({ month }) => formatPrice(month.price), align: "right" },
  ];
}

const METRIC_COLUMNS: Column<CostRow>[] = [
  { title: "type", cell: ({ type }) => type ?? "-", dropOrder: 1 },
  { title: "unit", cell: ({ unit }) => safeText(unit ?? "-"), dropOrder: 2 },
];

const formatPrice = (price: number): string => `$${price.toFixed(2)}`;
