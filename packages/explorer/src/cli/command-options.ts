import { InvalidArgumentError, Option, type Command } from "commander";
import { DEFAULT_URL } from "../options/defaults.js";
import { refuseHost } from "../options/host.js";
import { withTimeOptions, type TimeOptions } from "./time-options.js";

/** Options of every reading command. */
export interface ReadOptions {
  /**
   * Address of the explorer.
   * @default the default address, or the data file when no explorer answers there
   */
  url?: string;
  /**
   * Folder of a data file to read.
   * @default none
   */
  data?: string;
  /**
   * Whether to print JSON.
   * @default false
   */
  json?: boolean;
}

/** Adds the options of reading commands. */
export const withReadOptions = (command: Command): Command =>
  command
    .option(
      "--url <url>",
      `the explorer to read from (default: ${DEFAULT_URL}, else the data file)`,
      explorerUrl,
    )
    .option(
      "--data <folder>",
      "read this folder's data file instead; its explorer must have ended",
      folderName,
    )
    .addOption(jsonOption());

/** Creates the option `--json`. */
export const jsonOption = (): Option => new Option("--json", "print JSON for programs");

/** Options that choose metrics and a time range. They are parameters of the JSON API. */
export interface ChooseOptions extends TimeOptions {
  /**
   * Type of the metric.
   * @default the default of the JSON API
   */
  type?: string;
  /**
   * Unit of the metric.
   * @default the default of the JSON API
   */
  unit?: string;
  /**
   * Filters.
   * @default []
   */
  where?: string[];
}

/**
 * Adds the options that choose metrics and a time range.
 * @param since - the default of `--since`, for the help
 */
export const withChooseOptions = (command: Command, since: string): Command =>
  withTimeOptions(command, since)
    .option(
      "--where <filter>",
      "only these items: key=value (* is anything), != > >= < <= ~ has: !has:, and, or, not; @value is the value",
      collect,
    )
    .option("--type <type>", "counter, gauge or distribution, when the name has several")
    .option("--unit <unit>", "when the name has several; none for no unit");

/** Reads the address of an explorer. Throws a usage error for anything that is no URL. */
export function explorerUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError(`It must be a URL, for example ${DEFAULT_URL}.`);
}

/** Reads a host to listen on. Throws a usage error that lists the possible ones. */
export function possibleHost(text: string): string {
  const impossible = refuseHost(text);
  if (impossible === undefined) return text;
  throw new InvalidArgumentError(impossible);
}

/** Reads the name of a folder. Throws a usage error when it is empty: that would be the working directory. */
export function folderName(text: string): string {
  if (text.trim() !== "") return text;
  throw new InvalidArgumentError("It must name a folder.");
}

/** Collects the values of a repeated option. */
export const collect = (value: string, previous: string[] = []): string[] => [...previous, value];

/** Collects the values of a repeated option, each of which may be a list with commas. */
export const collectList = (value: string, previous: string[] = []): string[] => [
  ...previous,
  ...value.split(",").filter((part) => part !== ""),
];

/** Creates a function that reads a whole number in a range. It throws a usage error that shows the range. */
export const wholeNumber =
  (low: number, high: number) =>
  (text: string): number => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= low && number <= high) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${low} to ${high}.`);
  };
