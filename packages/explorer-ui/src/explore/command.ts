import { commandOf } from "../copy/command.js";
import { writeParameters, type Parameters } from "../url/parameters.js";
import { pathOf } from "../url/screen.js";
import type { Panel } from "./panel.js";
import { askedRange } from "../url/asked-range.js";

/** Returns the command that prints the numbers of a panel. */
export function queryCommand(panel: Panel, parameters: Parameters): string {
  const { type, unit, compare, agg, by, top, interval } = panel;
  return commandOf(["query", panel.name], {
    ...askedRange(parameters),
    where: parameters.where,
    type,
    unit,
    compare,
    agg,
    by,
    top: by.length > 0 ? top : undefined,
    interval,
  });
}

/** Returns a link to what is shown, with its range as fixed times, so that it shows the same tomorrow. */
export function fixedLink(
  name: string,
  parameters: Parameters,
  range: { since: string; until: string } | undefined,
): string {
  return (
    location.origin + pathOf({ at: "metric", name }) + writeParameters({ ...parameters, ...range })
  );
}
