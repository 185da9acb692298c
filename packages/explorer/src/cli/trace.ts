import { Command } from "commander";
import { formatTrace } from "../format/items/waterfall.js";
import type { Trace } from "../model/trace.js";
import { withReadOptions, type ReadOptions } from "./command-options.js";
import type { Output } from "./output.js";
import { withSource } from "../client/source.js";

/** Creates the command `spanmeter trace`. */
export const traceCommand = (output: Output): Command =>
  withReadOptions(new Command("trace"))
    .description(
      "show a trace: its spans as a waterfall, each with the items that were recorded in it",
    )
    .argument("<id>", "trace id, or the first digits of one (at least 4)")
    .action(async (id: string, options: ReadOptions) => {
      const trace = await withSource(options, (source) =>
        source.get<Trace>(`/api/traces/${encodeURIComponent(id)}`),
      );
      if (options.json) output.json(trace);
      else output.line(formatTrace(trace, output.colours, output.width));
    });
