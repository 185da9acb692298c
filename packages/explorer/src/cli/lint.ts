import { Command } from "commander";
import type { Colours } from "../format/text/colour.js";
import { formatNumber } from "../format/text/number.js";
import { nameText, safeText } from "../format/text/safe-text.js";
import { wrap } from "../format/text/wrap.js";
import type { FindingCount, Verdicts } from "../model/finding.js";
import { withSource } from "../client/source.js";
import { wholeNumber, withReadOptions, type ReadOptions } from "./command-options.js";
import { CliError, EXIT_CODE } from "./exit-code.js";
import type { Output } from "./output.js";
import { withTimeOptions, type TimeOptions } from "./time-options.js";

interface Options extends ReadOptions, TimeOptions {
  code?: string;
  verdict?: string;
  limit: number;
  cursor?: string;
}

const HELP = `
It ends with exit code 1 when Sentry would change or drop anything. --json prints the single findings, too.`;

/** Creates the command `spanmeter lint`. */
export const lintCommand = (output: Output): Command =>
  withTimeOptions(withReadOptions(new Command("lint")), "everything stored")
    .description("show what Sentry would change or drop, what it would store instead, and the fix")
    .argument("[metric]", "its name; without it items of every kind")
    .option("--code <code>", "only findings with this code, for example invalid_value")
    .option("--verdict <verdict>", "accepted, changed or dropped")
    .option("--limit <number>", "items whose findings --json prints", wholeNumber(1, 1_000), 100)
    .option("--cursor <next>", "the findings after those of an earlier answer, with --json")
    .addHelpText("after", HELP)
    .action(async (metric: string | undefined, options: Options) => {
      const { url: _url, data: _data, json, limit, ...parameters } = options;
      const answer = await withSource(options, (source) =>
        source.get<Verdicts>("/api/verdicts", { ...parameters, metric, limit: String(limit) }),
      );
      const { counts, total } = answer;
      if (json) output.json(answer);
      else for (const line of counts.flatMap((each) => linesOf(each, output))) output.line(line);
      if (counts.length < total.counts)
        output.remark(
          `Only ${counts.length} of ${total.counts} are shown; choose a metric or --code`,
        );
      if (counts.some(({ verdict }) => verdict !== "accepted"))
        throw new CliError(EXIT_CODE.failure, summaryOf(answer));
      if (!json) output.remark(summaryOf(answer));
    });

const INDENT = "  ";

function linesOf(finding: FindingCount, { colours, width = Infinity }: Output): string[] {
  const { count, kind, name, verdict, code, message, fix } = finding;
  const title = `${kind === "metric" ? "" : `${kind} `}${nameText(name)}: ${code}, ${formatNumber(count)} ×, ${verdict}`;
  const indented = (text: string): string[] =>
    wrap(text, Math.max(1, width - INDENT.length)).map((line) => INDENT + line);
  const change = changeOf(finding) ?? safeText(message);
  return [
    ...wrap(title, width).map(paintOf(finding, colours)),
    ...indented(change),
    ...(fix === "" ? [] : indented(`fix: ${fix}`)).map(colours.faint),
  ];
}

/** The part as it was sent, and as it is stored, in one line. */
function changeOf({ field, before, after, verdict }: FindingCount): string | undefined {
  if (field === undefined) return undefined;
  const sent = before === undefined ? "(missing)" : safeText(before);
  const instead = verdict === "dropped" ? "(not stored)" : "(removed)";
  return `${field}: ${sent} → ${after === undefined ? instead : safeText(after)}`;
}

function paintOf({ verdict }: FindingCount, colours: Colours): (text: string) => string {
  if (verdict === "dropped") return colours.bad;
  return verdict === "changed" ? colours.warn : colours.strong;
}

function summaryOf({ counts, total }: Verdicts): string {
  if (total.notes === 0) return "Nothing found: Sentry would store everything as it was sent";
  const names = new Set(counts.map(({ kind, name }) => `${kind} ${name}`)).size;
  return `${counted(total.notes, "finding")} about ${counted(names, "name")}`;
}

const counted = (count: number, noun: string): string =>
  `${formatNumber(count)} ${noun}${count === 1 ? "" : "s"}`;
