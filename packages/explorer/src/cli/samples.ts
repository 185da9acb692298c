import { Command } from "commander";
import { formatAttributes } from "../format/items/attributes.js";
import { clip } from "../format/text/clip.js";
import type { Colours } from "../format/text/colour.js";
import { nameText, safeText } from "../format/text/safe-text.js";
import type { Column } from "../format/table/column.js";
import { shortenIds } from "../format/text/short-id.js";
import { formatValue } from "../format/text/unit.js";
import type { Item } from "../model/item.js";
import type { SamplePage } from "../model/sample-page.js";
import {
  wholeNumber,
  withChooseOptions,
  withReadOptions,
  type ChooseOptions,
  type ReadOptions,
} from "./command-options.js";
import { CliError, EXIT_CODE } from "./exit-code.js";
import type { Output } from "./output.js";
import { withSource } from "../client/source.js";

interface Options extends ReadOptions, ChooseOptions {
  verdict?: string;
  limit: number;
  sort?: string;
  cursor?: string;
}

/** Creates the command `spanmeter samples`. */
export const samplesCommand = (output: Output): Command =>
  withChooseOptions(withReadOptions(new Command("samples")), "everything stored")
    .description("show single metrics with their trace")
    .argument(
      "[metric]",
      "its name; without it all metrics, and metric containers that were refused as a whole",
    )
    .option("--verdict <verdict>", "accepted, changed or dropped")
    .option("--limit <number>", "how many", wholeNumber(1, 1_000), 20)
    .option(
      "--sort <order>",
      "time, value, or the spans, errors or logs of the trace, with - the greatest first (default: -time)",
    )
    .option("--cursor <next>", "the samples after those of an earlier answer with the same options")
    .action(async (metric: string | undefined, options: Options) => {
      const { url: _url, data: _data, json, limit, ...parameters } = options;
      const path =
        metric === undefined
          ? "/api/samples"
          : `/api/metrics/${encodeURIComponent(metric)}/samples`;
      const page = await withSource(options, (source) =>
        source.get<SamplePage>(path, { ...parameters, limit: String(limit) }),
      );
      const { samples } = page;
      if (json) output.json(page);
      else if (samples.length > 0)
        output.table(samples, columns(samples, metric === undefined, output.colours));
      if (page.next !== undefined) output.remark(`There are more: --cursor ${page.next}`);
      if (samples.length === 0) throw new CliError(EXIT_CODE.failure, "No samples match");
    });

const MAX_ATTRIBUTES = 60;

function columns(samples: Item[], named: boolean, colours: Colours): Column<Item>[] {
  const shorten = shortenIds(samples.map(({ traceId }) => traceId));
  return [
    {
      title: "time (UTC)",
      cell: (item) => item.time.slice(0, 23).replace("T", " "),
      short: (item) => item.time.slice(5, 19).replace("T", " "),
    },
    ...(named
      ? [{ title: "metric", cell: (item: Item) => nameText(item.name), canCut: true }]
      : []),
    { title: "value", cell: (item) => formatValue(item.value, item.unit), align: "right" },
    {
      title: "trace",
      cell: ({ traceId }) => traceId ?? "-",
      short: ({ traceId }) => (traceId === undefined ? "-" : shorten(traceId)),
    },
    { title: "span", cell: (item) => item.spanId ?? "-", dropOrder: 1 },
    {
      title: "attributes",
      cell: (item) => clip(formatAttributes(item.attributes), MAX_ATTRIBUTES),
      canCut: true,
      dropOrder: 2,
    },
    { title: "verdict", cell: (item) => verdict(item, colours), canCut: true },
  ];
}

function verdict(item: Item, colours: Colours): string {
  const notes = item.notes.map((note) => safeText(note.message)).join("; ");
  const text = notes === "" ? item.verdict : `${item.verdict}: ${notes}`;
  if (item.verdict === "dropped") return colours.bad(text);
  return item.verdict === "changed" ? colours.warn(text) : text;
}
