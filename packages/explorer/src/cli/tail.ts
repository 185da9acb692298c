import { Command } from "commander";
import { clockTime, describeItem } from "../format/item-line.js";
import { safeLines } from "../format/safe-text.js";
import { parseJson } from "../json.js";
import type { Item } from "../query/item.js";
import { KINDS } from "../store/row.js";
import { collectList, explorerUrl, jsonOption } from "./command-options.js";
import { CliError, EXIT } from "./exit.js";
import type { Output } from "./output.js";
import { DEFAULT_URL } from "../defaults.js";
import { readEvents } from "./server-events.js";
import { readAnswer, unreachable } from "./source.js";
import { untilInterrupted } from "./until-interrupted.js";

interface Options {
  url: string;
  metric?: string;
  kind?: string[];
  json?: boolean;
}

export const tailCommand = (output: Output): Command =>
  new Command("tail")
    .description("follow what arrives, until Ctrl-C")
    .option("--url <url>", "the explorer to follow", explorerUrl, DEFAULT_URL)
    .option("--metric <pattern>", "only metrics with this name; * stands for anything")
    .option("--kind <kinds>", `only these: ${KINDS.join(", ")}`, collectList)
    .addOption(jsonOption())
    .action(async (options: Options) => {
      const abort = new AbortController();
      void untilInterrupted().then(() => abort.abort());
      await follow(options, { output, signal: abort.signal });
    });

async function follow(
  options: Options,
  { output, signal }: { output: Output; signal: AbortSignal },
): Promise<void> {
  const response = await connect(options, signal);
  // Until something arrives, a person would see nothing at all.
  if (output.width !== undefined) output.remark(`Following ${options.url}; Ctrl-C ends it.`);
  try {
    for await (const { event, data } of readEvents(response)) {
      if (event === "missed") output.remark(`${data} items came too fast to be shown`);
      else if (options.json) output.line(safeLines(data));
      else output.line(lineOf(parseJson(data) as Item, output));
    }
  } catch (error) {
    if (signal.aborted) return;
    throw new CliError(EXIT.failure, `The explorer at ${options.url} has ended`, { cause: error });
  }
  throw new CliError(EXIT.failure, `The explorer at ${options.url} has ended`);
}

/** What, and in which trace: from here a reader goes on with `spanmeter trace`. */
function lineOf(item: Item, { colours, width = Infinity }: Output): string {
  const start = `${clockTime(item)} `;
  const end = item.traceId === undefined ? "" : ` trace ${item.traceId}`;
  const room = width - start.length - end.length;
  return `${colours.faint(start)}${describeItem(item, colours, room)}${colours.faint(end)}`;
}

async function connect(
  { url, metric, kind = [] }: Options,
  signal: AbortSignal,
): Promise<Response> {
  const address = new URL("/api/stream", url);
  if (metric !== undefined) address.searchParams.set("metric", metric);
  for (const name of kind) address.searchParams.append("kind", name);
  const response = await fetch(address, { signal }).catch(() => undefined);
  if (response === undefined) throw unreachable(url);
  return response.ok ? response : readAnswer(url, response);
}
