import { InvalidArgumentError, Command } from "commander";
import { changeColumns, eventColumns } from "../format/changes/change-columns.js";
import {
  checkedText,
  comparedText,
  restText,
  resultText,
} from "../format/changes/change-sentences.js";
import { shortenIds } from "../format/text/short-id.js";
import { wrap } from "../format/text/wrap.js";
import type { Changes } from "../model/changes.js";
import { withSource } from "../client/source.js";
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

interface Options extends ReadOptions, ChooseOptions {
  min?: number;
  max?: number;
  from?: string;
  to?: string;
  id?: string[];
  seed?: number;
}

const HELP = `
Select a part of the metric:
  --min, --max   by value: compared with the items of the same time that have other values
  --from, --to   alone, a strip of time: compared with the time before it, from --since
                 (default: as long as the strip); with --min or --max, the time of both
  --id           single samples: compared with the other items of the same time

A value is named only when chance hardly ever makes any value stand out as much (p < 0.05).`;

/** Creates the command `spanmeter changes`. */
export const changesCommand = (output: Output): Command =>
  withChooseOptions(withReadOptions(new Command("changes")), "1h")
    .description("find what is different about a part of a metric: attribute values, spans, errors")
    .argument("<metric>", "its name")
    .option("--min <value>", "select items from this value", anyNumber)
    .option("--max <value>", "select items up to this value", anyNumber)
    .option("--from <time>", "select items from this time, in the forms of --since")
    .option("--to <time>", "select items before this time")
    .option("--id <ids>", "select samples by id, repeated or with commas", collectList)
    .option(
      "--seed <number>",
      "of the random arrangements (default: 1)",
      wholeNumber(0, 2 ** 32 - 1),
    )
    .addHelpText("after", HELP)
    .action(async (metric: string, options: Options, command: Command) => {
      const { url: _url, data: _data, json, min, max, from, to, id: ids, ...rest } = options;
      const bounds = { since: from, until: to, min, max };
      const hasBox = Object.values(bounds).some((each) => each !== undefined);
      if (!hasBox && ids === undefined)
        command.error("error: select a part with --min, --max, --from, --to or --id");
      const question = { ...rest, ids, ...(hasBox && { box: bounds }) };
      const path = `/api/metrics/${encodeURIComponent(metric)}/changes`;
      const answer = await withSource(options, (source) => source.post<Changes>(path, question));
      if (json) output.json(answer);
      else print(answer, output);
      if (answer.outcome === "too-little")
        throw new CliError(EXIT_CODE.failure, resultText(answer));
    });

/** Reads a number, which may be negative. Throws a usage error for any other text. */
function anyNumber(text: string): number {
  if (/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a number, for example 0.5.");
}

function print(answer: Changes, output: Output): void {
  const { changes, events } = answer;
  const write = (text: string, style = (line: string): string => line): void => {
    for (const line of wrap(text, output.width ?? Infinity)) output.line(style(line));
  };
  write(comparedText(answer), output.colours.faint);
  if (answer.outcome === "too-little") return;
  write(resultText(answer), output.colours.strong);
  const isTerminal = output.width !== undefined;
  const ids = [...changes, ...events].flatMap(({ traceIds }) => traceIds.slice(0, 1));
  const idText = isTerminal ? shortenIds(ids) : (id: string): string => id;
  if (changes.length > 0) output.table(changes, changeColumns(answer, { isTerminal, idText }));
  const rest = restText(answer);
  if (rest !== undefined) write(rest);
  if (events.length > 0) output.table(events, eventColumns(answer, { isTerminal, idText }));
  write(checkedText(answer), output.colours.faint);
}
