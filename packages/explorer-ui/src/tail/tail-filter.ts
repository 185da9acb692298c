import type { Item } from "@spanmeter/explorer/model/item";
import type { Kind } from "@spanmeter/explorer/model/received-item";
import { matchPattern, patternOf } from "./name-pattern.js";

/** Which items are shown, as in the address. */
export interface TailFilter {
  /** Kinds; none stands for all. */
  readonly kind: readonly Kind[];
  /** Text of the name; `*` stands for any text. */
  readonly q: string;
}

/** The root span of a trace may arrive as a transaction. */
const kindsOf = ({ kind }: TailFilter): readonly Kind[] =>
  kind.includes("span") ? [...kind, "transaction"] : kind;

/** Creates a function that returns whether an item is shown. */
export function matchItem(filter: TailFilter): (item: Item) => boolean {
  const kinds = kindsOf(filter);
  const pattern = patternOf(filter.q);
  const matchesName = pattern === undefined ? () => true : matchPattern(pattern);
  return ({ kind, name }) => (kinds.length === 0 || kinds.includes(kind)) && matchesName(name);
}

/** Returns what of a filter the explorer applies: it knows patterns of metrics alone. */
export function streamQuery(filter: TailFilter) {
  const isMetrics = filter.kind.length === 1 && filter.kind[0] === "metric";
  return { kind: kindsOf(filter), metric: isMetrics ? patternOf(filter.q) : undefined };
}
