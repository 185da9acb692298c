import { PARAMETERS, readParameters, writeParameters, type Parameters } from "../url/parameters.js";

/** The parameters of a panel. Time range, filters and selection are those of the screen. */
const OWN = ["type", "unit", "agg", "by", "top", "interval", "compare", "view", "y"] as const;
type Own = Pick<Parameters, (typeof OWN)[number]>;

/** One chart of a metric. */
export interface Panel extends Own {
  readonly name: string;
}

const absent = Object.fromEntries(
  OWN.map((key) => [key, PARAMETERS[key].absent]),
) as unknown as Own;

const ownOf = (parameters: Parameters): Own =>
  Object.fromEntries(OWN.map((key) => [key, parameters[key]])) as unknown as Own;

/** Returns the panels of an address: that of its metric, and the further ones. */
export function panelsOf(name: string, parameters: Parameters): readonly Panel[] {
  return [{ name, ...ownOf(parameters) }, ...parameters.m.map(readPanel)];
}

/** Reads a further panel: `name?agg=p95&by=route`. */
function readPanel(text: string): Panel {
  const at = text.indexOf("?");
  if (at < 0) return { name: text, ...absent };
  const search = new URLSearchParams(text.slice(at));
  return { name: text.slice(0, at), ...ownOf(readParameters(search).parameters) };
}

/** Writes a further panel. */
export const writePanel = ({ name, ...own }: Panel): string => name + writeParameters(own);

/** Returns the parameters of an address with another panel at this place; without one it is taken away. */
export function withPanel(
  parameters: Parameters,
  place: number,
  panel: Panel | undefined,
): Partial<Parameters> {
  if (place === 0 && panel) {
    const { name: _, ...own } = panel;
    return own;
  }
  const m = parameters.m.flatMap((text, index) =>
    index === place - 1 ? (panel ? [writePanel(panel)] : []) : [text],
  );
  return { m };
}
