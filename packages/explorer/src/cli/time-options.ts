import type { Command } from "commander";

/** Options that choose a time range. They are parameters of the JSON API. */
export interface TimeOptions {
  /**
   * Start of the time range.
   * @default the default of the JSON API
   */
  since?: string;
  /**
   * End of the time range.
   * @default "now"
   */
  until?: string;
}

/**
 * Adds the options that choose a time range.
 * @param since - the default of `--since`, for the help
 */
export const withTimeOptions = (command: Command, since: string): Command =>
  command
    .option(
      "--since <time>",
      `from: a duration back (10m, 2h), a UTC time, one with a zone, or epoch seconds (default: ${since})`,
    )
    .option("--until <time>", "to: the same forms (default: now)");
