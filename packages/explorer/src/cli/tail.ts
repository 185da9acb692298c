import { Command } from "commander";
import { followItems } from "../client/stream.js";
import { formatArrival } from "../format/items/arrival.js";
import { safeLines } from "../format/text/safe-text.js";
import type { Item } from "../model/item.js";
import { parseJson } from "../model/json.js";
import { KINDS } from "../model/received-item.js";
import { DEFAULT_URL } from "../options/defaults.js";
import { collectList, explorerUrl, jsonOption } from "./command-options.js";
import type { Output } from "./output.js";
import { untilInterrupted } from "./until-interrupted.js";

interface Options {
  url: string;
  metric?: string;
  kind?: string[];
  json?: boolean;
}

/** Creates the command `spanmeter tail`. */
export const tailCommand = (output: Output): Command =>
  new Command("tail")
    .description("follow what arrives, until Ctrl-C")
    .option("--url <url>", "the explorer to follow", explorerUrl, DEFAULT_URL)
    .option("--metric <pattern>", "only metrics with this name; * stands for anything")
    .option("--kind <kinds>", `only these: ${KINDS.join(", ")}`, collectList)
    .addOption(jsonOption())
    .action((options: Options) => follow(options, output));

async function follow({ url, metric, kind, json }: Options, output: Output): Promise<void> {
  const abort = new AbortController();
  void untilInterrupted().then(() => abort.abort());
  // Before the first item arrives, a terminal would be empty.
  const onConnected = (): void => {
    if (output.width !== undefined) output.remark(`Following ${url}; Ctrl-C ends it.`);
  };
  const events = followItems({ url, metric, kinds: kind, signal: abort.signal, onConnected });
  for await (const { event, data } of events) {
    if (event === "missed")
      output.remark(`${data} items were skipped, because they arrived too fast`);
    else if (event !== "item") continue;
    else if (json) output.line(safeLines(data));
    else output.line(formatArrival(parseJson(data) as Item, output).join("\n"));
  }
}
