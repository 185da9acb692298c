import { Command } from "commander";
import { bar } from "../format/text/bar.js";
import { clip } from "../format/text/clip.js";
import { formatNumber } from "../format/text/number.js";
import { safeText } from "../format/text/safe-text.js";
import { formatBytes } from "../format/text/unit.js";
import type { Column } from "../format/table/column.js";
import type { AttributeSummary, AttributeValues, ValueCount } from "../model/attribute-summary.js";
import { withSource } from "../client/source.js";
import {
  wholeNumber,
  withChooseOptions,
  withReadOptions,
  type ChooseOptions,
  type ReadOptions,
} from "./command-options.js";
import { CliError, EXIT_CODE } from "./exit-code.js";
import type { Output } from "./output.js";

interface Options extends ReadOptions, ChooseOptions {
  q?: string;
  limit?: number;
}

/** Creates the command `spanmeter attributes`. */
export const attributesCommand = (output: Output): Command =>
  withChooseOptions(withReadOptions(new Command("attributes")), "everything stored")
    .description("list the attributes of a metric, or the values of one attribute")
    .argument("<metric>", "its name")
    .argument("[key]", "an attribute: its values, the most frequent first")
    .option("--q <text>", "only values that contain this text")
    .option("--limit <number>", "how many values (default: 20)", wholeNumber(1, 1_000))
    .action(async (metric: string, key: string | undefined, options: Options, command: Command) => {
      if (key === undefined && (options.q ?? options.limit) !== undefined)
        command.error("error: --q and --limit choose values: name an attribute, too");
      await (key === undefined
        ? listAttributes(metric, options, output)
        : listValues({ metric, key }, options, output));
    });

const pathOf = (metric: string): string => `/api/metrics/${encodeURIComponent(metric)}/attributes`;

function parametersOf({ url: _url, data: _data, json: _json, limit, ...parameters }: Options) {
  return { ...parameters, limit: limit?.toString() };
}

async function listAttributes(metric: string, options: Options, output: Output): Promise<void> {
  const answer = await withSource(options, (source) =>
    source.get<{ attributes: AttributeSummary[] }>(pathOf(metric), parametersOf(options)),
  );
  const { attributes } = answer;
  if (options.json) output.json(answer);
  else if (attributes.length > 0) output.table(attributes, ATTRIBUTE_COLUMNS);
  if (attributes.length === 0)
    throw new CliError(EXIT_CODE.failure, `No item of ${safeText(metric)} that matches has any`);
}

async function listValues(
  { metric, key }: { metric: string; key: string },
  options: Options,
  output: Output,
): Promise<void> {
  const path = `${pathOf(metric)}/${encodeURIComponent(key)}/values`;
  const answer = await withSource(options, (source) =>
    source.get<AttributeValues>(path, parametersOf(options)),
  );
  const { values, total } = answer;
  if (options.json) output.json(answer);
  else if (values.length > 0) output.table(values, valueColumns(values, output));
  if (values.length < total)
    output.remark(`Only ${values.length} of ${formatNumber(total)} are shown: --limit, --q`);
  if (values.length === 0)
    throw new CliError(EXIT_CODE.failure, `No item that matches has such a ${safeText(key)}`);
}

const MAX_TOP = 60;

const ATTRIBUTE_COLUMNS: Column<AttributeSummary>[] = [
  { title: "attribute", cell: ({ key }) => safeText(key), canCut: true },
  { title: "items", cell: ({ items }) => formatNumber(items), align: "right" },
  {
    title: "without",
    cell: ({ missing }) => formatNumber(missing),
    align: "right",
    dropOrder: 2,
  },
  { title: "values", cell: ({ distinct }) => formatNumber(distinct), align: "right" },
  { title: "kind", cell: ({ kinds }) => Object.keys(kinds).join(", "), dropOrder: 3 },
  { title: "bytes", cell: ({ bytes }) => formatBytes(bytes), align: "right", dropOrder: 4 },
  {
    title: "most frequent",
    cell: ({ top }) => clip(top.map(topValue).join(", "), MAX_TOP),
    canCut: true,
    dropOrder: 1,
  },
];

const topValue = ({ value, count }: ValueCount): string =>
  `${safeText(value)} (${formatNumber(count)})`;

const BAR_WIDTH = 20;

function valueColumns(values: readonly ValueCount[], { width }: Output): Column<ValueCount>[] {
  const most = Math.max(...values.map(({ count }) => count));
  const bars: Column<ValueCount> = {
    title: "",
    cell: ({ count }) => bar(count / most, BAR_WIDTH),
    dropOrder: 1,
  };
  return [
    { title: "value", cell: ({ value }) => safeText(value), canCut: true },
    { title: "items", cell: ({ count }) => formatNumber(count), align: "right" },
    ...(width === undefined ? [] : [bars]),
  ];
}
