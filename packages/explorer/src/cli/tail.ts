import { Command } from "commander";
import { formatArrival } from "../format/items/arrival.js";
import { safeLines } from "../format/text/safe-text.js";
import { parseJson } from "../model/json.js";
import type { Item } from "../model/item.js";
import { KINDS } from "../model/received-item.js";
import { collectList, explorerUrl, jsonOption } from "./command-options.js";
import { CliError, EXIT } from "./exit-code.js";
import type { Output } from "./output.js";
import { DEFAULT_URL } from "../options/defaults.js";
import { readEvents, SilentStreamError } from "../client/server-events.js";
import { PROBE_LIMIT_MS, probe, unreachable } from "../client/probe.js";
import { readAnswer } from "../client/source.js";
import { withTimeLimit } from "../runtime/time-limit.js";
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

/** Three signs of life of the explorer. */
const SILENCE_MS = 45_000;

async function follow(
  options: Options,
  { output, signal }: { output: Output; signal: AbortSignal },
): Promise<void> {
  try {
    const response = await connect(options, signal);
    // Until something arrives, a person would see nothing at all.
    if (output.width !== undefined) output.remark(`Following ${options.url}; Ctrl-C ends it.`);
    for await (const { event, data } of readEvents(response, SILENCE_MS)) {
      if (event === "missed") output.remark(`${data} items came too fast to be shown`);
      else if (options.json) output.line(safeLines(data));
      else output.line(formatArrival(parseJson(data) as Item, output).join("\n"));
    }
  } catch (error) {
    if (signal.aborted) return;
    if (error instanceof CliError) throw error;
    const what = error instanceof SilentStreamError ? "no longer answers" : "has ended";
    throw new CliError(EXIT.failure, `The explorer at ${options.url} ${what}`, { cause: error });
  }
  throw new CliError(EXIT.failure, `The explorer at ${options.url} has ended`);
}

async function connect(
  { url, metric, kind = [] }: Options,
  signal: AbortSignal,
): Promise<Response> {
  const peer = await probe(url, signal);
  if (peer !== "explorer") throw unreachable(peer, url);
  const address = new URL("/api/stream", url);
  if (metric !== undefined) address.searchParams.set("metric", metric);
  for (const name of kind) address.searchParams.append("kind", name);
  const response = await withTimeLimit(fetch(address, { signal }), PROBE_LIMIT_MS, () =>
    unreachable("silent", url),
  ).catch((error: unknown) => {
    throw error instanceof CliError ? error : unreachable("nobody", url);
  });
  return response.ok ? response : readAnswer(url, response);
}
