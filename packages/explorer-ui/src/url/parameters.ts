import { METRIC_TYPES } from "@spanmeter/explorer/model/metric";
import { boxCodec } from "./box.js";
import { USUAL_RANGE } from "./ranges.js";
import { flag, text, texts, whole, word, words, type Codec } from "./codec.js";

/** How a metric over time is drawn. */
export const DRAWINGS = ["line", "area", "bar", "heat"] as const;
/** The tabs below a chart. */
export const TABS = ["aggregates", "samples", "changes", "lint", "cost"] as const;

/** Each parameter of the address, in the order in which they are written. They have the names of the command line. */
export const PARAMETERS = {
  since: text(USUAL_RANGE),
  until: text("now"),
  type: word(METRIC_TYPES, undefined),
  unit: text(undefined),
  where: texts,
  /** Aggregations; none stands for those that suit the type. */
  agg: words<string>(),
  by: words<string>(),
  top: whole(8, 1, 50),
  interval: text("auto"),
  compare: text(undefined),
  view: word(DRAWINGS, undefined),
  y: word(["linear", "log"] as const, "linear" as const),
  /** Further panels: each a metric and its own parameters, as `name?agg=p95&by=route`. */
  m: texts,
  /** Equations of panels, such as `a / b`. */
  eq: texts,
  tab: word(TABS, "aggregates" as const),
  sort: text(undefined),
  box: boxCodec,
  /** The trace in the drawer, and the span or item in it that is in focus. */
  trace: text(undefined),
  span: text(undefined),
  q: text(""),
  kind: words(["metric", "span", "log", "error"] as const),
  paused: flag,
  code: text(undefined),
  metric: text(undefined),
} satisfies Record<string, Codec<never> | Codec<unknown>>;

type Values<C> = { readonly [K in keyof C]: C[K] extends Codec<infer T> ? T : never };

/** The values of all parameters of an address. */
export type Parameters = Values<typeof PARAMETERS>;
/** The name of a parameter. */
export type ParameterName = keyof Parameters;

const NAMES = Object.keys(PARAMETERS) as ParameterName[];
const codecOf = (name: ParameterName): Codec<unknown> => PARAMETERS[name] as Codec<unknown>;

/** Reads the parameters of an address. What is unknown or not valid is left out, and named in `problems`. */
export function readParameters(search: URLSearchParams): {
  parameters: Parameters;
  problems: string[];
} {
  const problems: string[] = [];
  const entries = NAMES.map((name) => {
    const codec = codecOf(name);
    const given = search.getAll(name);
    const value = given.length > 0 ? codec.read(given) : codec.absent;
    if (value === undefined && given.some((each) => each !== ""))
      problems.push(`${name}=${given.at(-1)}`);
    return [name, value === undefined ? codec.absent : value];
  });
  for (const name of new Set(search.keys()))
    if (!(NAMES as string[]).includes(name)) problems.push(`${name}=${search.get(name)}`);
  return { parameters: Object.fromEntries(entries) as Parameters, problems };
}

/** Writes parameters, each that is not absent, as the part of an address after the path. */
export function writeParameters(parameters: Partial<Parameters>): string {
  const search = new URLSearchParams();
  for (const name of NAMES) {
    const value = parameters[name];
    const codec = codecOf(name);
    if (value === undefined || value === codec.absent) continue;
    for (const each of codec.write(value)) search.append(name, each);
  }
  // These are common and cannot be mistaken, so that an address stays readable.
  const text = search.toString().replace(/%3A/g, ":").replace(/%2C/g, ",").replace(/%40/g, "@");
  return text === "" ? "" : `?${text}`;
}
