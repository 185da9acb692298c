import { InvalidArgumentError, Option, type Command } from "commander";
import { DEFAULT_URL } from "../options/defaults.js";
import { refuseHost } from "../options/host.js";

/** Options of every command that reads. */
export interface ReadOptions {
  url?: string;
  data?: string;
  json?: boolean;
}

export const withReadOptions = (command: Command): Command =>
  command
    .option(
      "--url <url>",
      `the explorer to ask (default: ${DEFAULT_URL}, else the data file)`,
      explorerUrl,
    )
    .option(
      "--data <folder>",
      "read this folder's data file instead; its explorer must have ended",
      folderName,
    )
    .addOption(jsonOption());

export const jsonOption = (): Option => new Option("--json", "print JSON for programs");

/** Options that choose a metric and a range, as the JSON API takes them. */
export interface ChooseOptions {
  type?: string;
  unit?: string;
  since?: string;
  until?: string;
  where?: string[];
}

export const withChooseOptions = (command: Command, since: string): Command =>
  command
    .option(
      "--since <time>",
      `from: a duration back (10m, 2h), a UTC time, one with a zone, or epoch seconds (default: ${since})`,
    )
    .option("--until <time>", "to: the same forms (default: now)")
    .option(
      "--where <key=value>",
      "only items with this attribute; * stands for anything; repeat for more",
      collect,
    )
    .option("--type <type>", "counter, gauge or distribution, when the name has several")
    .option("--unit <unit>", "when the name has several; none for no unit");

/** The address of an explorer, or a usage error that shows one. */
export function explorerUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError(`It must be a URL, for example ${DEFAULT_URL}.`);
}

/** A host to listen on, or a usage error that lists them. */
export function possibleHost(text: string): string {
  const impossible = refuseHost(text);
  if (impossible === undefined) return text;
  throw new InvalidArgumentError(impossible);
}

/** A folder; an empty name, as of a variable that is not set, would be the working directory. */
export function folderName(text: string): string {
  if (text.trim() !== "") return text;
  throw new InvalidArgumentError("It must name a folder.");
}

/** Collects a repeated option. */
const collect = (value: string, previous: string[] = []): string[] => [...previous, value];

/** Collects a repeated option whose values may also be a comma list. */
export const collectList = (value: string, previous: string[] = []): string[] => [
  ...previous,
  ...value.split(",").filter((part) => part !== ""),
];

/** A whole number in a range, or a usage error that names it. */
export const wholeNumber =
  (low: number, high: number) =>
  (text: string): number => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= low && number <= high) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${low} to ${high}.`);
  };
