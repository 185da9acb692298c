import { writeParameters, type Parameters } from "../url/parameters.js";
import { pathOf } from "../url/screen.js";
import { seriesPath } from "./paths.js";
import type { Panel } from "./panel.js";

/** Writes a text for a POSIX shell. */
const shell = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replace(/'/g, String.raw`'\''`)}'`;

/** Returns the command that prints the numbers of a panel. */
export function commandOf(
  panel: Panel,
  parameters: Parameters,
  aggregations: readonly string[],
): string {
  const options: [name: string, value: string][] = [
    ["since", parameters.since],
    ...(parameters.until === "now" ? [] : ([["until", parameters.until]] as [string, string][])),
    ...parameters.where.map((each): [string, string] => ["where", each]),
    ...(["type", "unit", "compare"] as const).flatMap((name): [string, string][] =>
      panel[name] === undefined ? [] : [[name, panel[name]]],
    ),
    ...aggregations.map((each): [string, string] => ["agg", each]),
    ...panel.by.map((each): [string, string] => ["by", each]),
    ...(panel.by.length > 0 ? ([["top", String(panel.top)]] as [string, string][]) : []),
    ["interval", panel.interval],
  ];
  const words = [
    "npx",
    "spanmeter",
    "query",
    panel.name,
    ...options.flatMap(([name, value]) => [`--${name}`, value]),
  ];
  return words.map(shell).join(" ");
}

/** Returns the command that asks the API for the numbers of a panel. */
export const curlOf = (panel: Panel, parameters: Parameters): string =>
  `curl ${shell(location.origin + seriesPath(panel, parameters))}`;

/** Returns a link to what is shown, with its range as fixed times, so that it shows the same tomorrow. */
export function linkOf(
  name: string,
  parameters: Parameters,
  range?: { since: string; until: string },
): string {
  return (
    location.origin + pathOf({ at: "metric", name }) + writeParameters({ ...parameters, ...range })
  );
}
