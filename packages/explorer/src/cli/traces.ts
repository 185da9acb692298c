import { Command } from "commander";
import { withSource } from "../client/source.js";
import type { Column } from "../format/table/column.js";
import { formatNumber } from "../format/text/number.js";
import { safeText } from "../format/text/safe-text.js";
import { shortenIds } from "../format/text/short-id.js";
import { formatDuration, formatValue } from "../format/text/unit.js";
import type { TraceList, TraceSummary } from "../model/trace-list.js";
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
  metric?: string;
  limit: number;
  sort?: string;
  cursor?: string;
}

/** Creates the command `spanmeter traces`. */
export const tracesCommand = (output: Output): Command =>
  withChooseOptions(withReadOptions(new Command("traces")), "everything stored")
    .description("list traces: what began them, how long they took, what was recorded in them")
    .option("--metric <name>", "only traces with this metric, and its greatest value in each")
    .option("--limit <number>", "how many", wholeNumber(1, 1_000), 20)
    .option(
      "--sort <order>",
      "time, duration, errors or spans, with - the greatest first (default: -time)",
    )
    .option("--cursor <next>", "the traces after those of an earlier answer with the same options")
    .action(async (options: Options) => {
      const { url: _url, data: _data, json, limit, ...parameters } = options;
      const list = await withSource(options, (source) =>
        source.get<TraceList>("/api/traces", { ...parameters, limit: String(limit) }),
      );
      if (json) output.json(list);
      else if (list.traces.length > 0) output.table(list.traces, columns(list));
      if (list.next !== undefined) output.remark(`There are more: --cursor ${list.next}`);
      if (list.traces.length === 0) throw new CliError(EXIT_CODE.failure, "No traces match");
    });

function columns({ metric, traces }: TraceList): Column<TraceSummary>[] {
  const shorten = shortenIds(traces.map(({ traceId }) => traceId));
  const count = (title: "spans" | "errors" | "logs" | "metrics"): Column<TraceSummary> => ({
    title,
    cell: (trace) => formatNumber(trace[title]),
    align: "right",
    ...(title !== "errors" && { dropOrder: DROP_ORDER[title] }),
  });
  return [
    {
      title: "start (UTC)",
      cell: ({ start }) => start.slice(0, 23).replace("T", " "),
      short: ({ start }) => start.slice(5, 19).replace("T", " "),
    },
    { title: "root", cell: ({ root }) => rootText(root), canCut: true },
    { title: "duration", cell: ({ durationMs }) => formatDuration(durationMs), align: "right" },
    count("spans"),
    count("errors"),
    count("logs"),
    count("metrics"),
    ...(metric === undefined ? [] : [valueColumn(metric.unit)]),
    {
      title: "trace",
      cell: ({ traceId }) => traceId,
      short: ({ traceId }) => shorten(traceId),
    },
  ];
}

const DROP_ORDER = { logs: 1, metrics: 2, spans: 3 } as const;

const valueColumn = (unit: string): Column<TraceSummary> => ({
  title: "value",
  cell: ({ value }) => formatValue(value, unit),
  align: "right",
});

function rootText(root: TraceSummary["root"]): string {
  if (root === undefined) return "(no spans)";
  const { op, name } = root;
  return safeText(op === undefined || op === name ? name : `${op} ${name}`);
}
