import { Command } from "commander";
import {
  dataFile,
  DEFAULT_DATA,
  DEFAULT_HOST,
  DEFAULT_MAX_ROWS,
  DEFAULT_PORT,
} from "../options/defaults.js";
import type { Explorer } from "../explorer.js";
import { withTimeLimit } from "../runtime/time-limit.js";
import { commandLine } from "./command-line.js";
import { folderName, possibleHost, wholeNumber } from "./command-options.js";
import { CliError, EXIT_CODE } from "./exit-code.js";
import { openBrowser } from "./open-browser.js";
import type { Output } from "./output.js";
import { untilInterrupted } from "./until-interrupted.js";

interface Options {
  port: number;
  host: string;
  data: string;
  memory?: boolean;
  maxRows: number;
  open?: boolean;
}

/** Creates the command `spanmeter explorer`. */
export const explorerCommand = (output: Output): Command =>
  new Command("explorer")
    .description(
      "start the local explorer: it receives what Sentry SDKs send, shows it on a page, and answers the other commands",
    )
    .option(
      "-p, --port <number>",
      "port; 0 chooses a free one",
      wholeNumber(0, 65_535),
      DEFAULT_PORT,
    )
    .option(
      "--host <host>",
      "127.0.0.1, localhost, ::1; 0.0.0.0 or :: let other machines send (never read)",
      possibleHost,
      DEFAULT_HOST,
    )
    .option("--data <folder>", "folder of the data file", folderName, DEFAULT_DATA)
    .option("--memory", "store nothing on disk")
    .option(
      "--max-rows <number>",
      "items stored before the oldest are removed",
      wholeNumber(1, 1e9),
      DEFAULT_MAX_ROWS,
    )
    .option("--open", "open the page in the default browser; only from a terminal")
    .action(async (options: Options) => {
      // Imported here, because the library of the database takes longer to load than most commands take.
      const { startExplorer } = await import("../explorer.js");
      const explorer = await startExplorer(options);
      announce(explorer, options, output);
      if (options.open && process.stdout.isTTY)
        openBrowser(explorer.url, (reason) =>
          output.remark(`No browser opened (${reason}); the page is at ${explorer.url}`),
        );
      await untilInterrupted();
      await withTimeLimit(explorer.close(), CLOSE_LIMIT_MS, closeTimeout);
    });

/** A store writes 50 000 pending items, the most possible, in less than a second. */
const CLOSE_LIMIT_MS = 30_000;

const closeTimeout = (): CliError =>
  new CliError(
    EXIT_CODE.failure,
    `Writing the received items took more than ${CLOSE_LIMIT_MS / 1000} s; items that are not in the data file are lost`,
  );

function announce(explorer: Explorer, { data, memory }: Options, output: Output): void {
  const { colours } = output;
  const host = new URL(explorer.url).host;
  // The reading commands use the default port without an option.
  const url = explorer.port === DEFAULT_PORT ? "" : ` --url ${explorer.url}`;
  output.line(`${colours.strong("Spanmeter explorer")} at ${explorer.url}`);
  output.line(`  ${colours.faint("DSN")}        http://public@${host}/1`);
  output.line(`  ${colours.faint("Spotlight")}  ${explorer.url}/stream`);
  output.line(`  ${colours.faint("data")}       ${memory ? "in memory" : dataFile(data)}`);
  output.line(`  ${colours.faint("page")}       ${explorer.url} in a browser (--open opens it)`);
  output.line(`  ${colours.faint("terminal")}   ${commandLine()} tail${url}`);
  output.line(colours.faint("Ctrl-C ends it."));
}
