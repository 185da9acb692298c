import { Command } from "commander";
import { VERSION } from "../options/version.js";
import { attributesCommand } from "./attributes.js";
import { changesCommand } from "./changes.js";
import { costCommand } from "./cost.js";
import { explorerCommand } from "./explorer.js";
import { lintCommand } from "./lint.js";
import { metricsCommand } from "./metrics.js";
import type { Output } from "./output.js";
import { queryCommand } from "./query.js";
import { samplesCommand } from "./samples.js";
import { tailCommand } from "./tail.js";
import { traceCommand } from "./trace.js";
import { tracesCommand } from "./traces.js";

const EXIT_CODES = `
Exit codes:
  0  done
  1  failed, nothing was found, or lint found something that Sentry would change or drop
  2  wrong use
  3  no explorer answers, and there is no data file to read`;

/** Creates the program `spanmeter` with all its commands. */
export function createProgram(output: Output): Command {
  const program = new Command("spanmeter")
    .description(
      "See the metrics, traces, logs and errors that Sentry SDKs send, on your own machine",
    )
    .version(VERSION)
    .addHelpText("after", EXIT_CODES);
  const commands = [
    explorerCommand,
    tailCommand,
    metricsCommand,
    queryCommand,
    attributesCommand,
    changesCommand,
    samplesCommand,
    tracesCommand,
    traceCommand,
    lintCommand,
    costCommand,
  ];
  for (const create of commands) program.addCommand(create(output));
  for (const command of [program, ...program.commands])
    command.exitOverride().showHelpAfterError("(see --help)");
  return program;
}
