import type { AttributeMap, AttributeValue } from "../contract/metric.js";
import type { Series } from "../contract/series.js";
import { copyAttributes, copyValue, isScalar } from "../engine/attributes.js";
import { makeSeries } from "../engine/series.js";
import type { TableFold } from "./open-folds.js";
import { changeAll, type TableInstrument } from "./plan.js";

/** A series that is found again, and the calls of it that are folded now. */
export interface TableSeries extends Series {
  readonly instrument: TableInstrument;
  readonly isCached: true;
  /** The fold that was used last. */
  last: TableFold | undefined;
  /** The one with the rate that its calls were kept with last. */
  rated: TableSeries | undefined;
  /** Folds by their shared attributes, then by span or trace. */
  folds: Map<AttributeMap, Map<string, TableFold>> | undefined;
}

/**
 * Finds series by walking a tree: each step reads one attribute, so that a call copies nothing and makes no text.
 * The tree is a cache of bounded size.
 */
export interface SeriesTable {
  /** Finds a series; `undefined` when it is not known and there is no room for more. Never throws. */
  find(instrument: TableInstrument, attributes: unknown, mayGrow: boolean): TableSeries | undefined;
  /** The series with exactly these attributes, whether there is room or not. */
  ofExactly(instrument: TableInstrument, attributes: AttributeMap): TableSeries;
}

/** The most values of a key that are cached. A key with more, such as a user id, has new ones all the time. */
const MAX_VALUES = 256;
/** Longer texts seldom recur, and cost memory. */
const MAX_TEXT = 200;
/** When there are more nodes, all are forgotten. */
const MAX_NODES = 8000;

const NO_NODES: Map<unknown, SeriesNode> = new Map();

/** What is known after some attributes were read. */
class SeriesNode {
  /** The key that was read next; another one is looked for in `other`. */
  key: string | undefined = undefined;
  /** The nodes after it by value; lists are found by their JSON text. */
  values = NO_NODES;
  lists = NO_NODES;
  other: SeriesNode | undefined = undefined;
  series: TableSeries | undefined = undefined;
  constructor(
    readonly parent: SeriesNode | undefined,
    readonly name: string,
    readonly value: AttributeValue,
  ) {}
}

/** The first node of an instrument. */
class SeriesRoot extends SeriesNode {
  /** Series by their attributes in one text, because the order of attributes does not matter. */
  readonly byText = new Map<string, TableSeries>();
}

/** Makes an empty table, with room for `maxSeries` series of three or four attributes at least. */
export function createSeriesTable(maxSeries: number): SeriesTable {
  const maxNodes = Math.max(MAX_NODES, 4 * maxSeries);
  const values = new Map<string, Set<unknown>>();
  let roots: TableInstrument[] = [];
  let nodes = 0;

  function forgetAll(): void {
    for (const instrument of roots) instrument.node = undefined;
    roots = [];
    values.clear();
    nodes = 0;
  }

  function rootOf(instrument: TableInstrument): SeriesRoot {
    if (!instrument.node) {
      roots.push(instrument);
      instrument.node = new SeriesRoot(undefined, "", "");
    }
    return instrument.node as SeriesRoot;
  }

  /** Whether a value is likely to come again. */
  function recurs(key: string, value: unknown): boolean {
    if (typeof value === "string" && value.length > MAX_TEXT) return false;
    let known = values.get(key);
    if (!known) values.set(key, (known = new Set()));
    return known.has(value) || (known.size < MAX_VALUES && Boolean(known.add(value)));
  }

  /** The node after this attribute, where it is not the one that is expected. */
  function step(
    { plan: { change } }: TableInstrument,
    node: SeriesNode,
    key: string,
    given: unknown,
    mayGrow: boolean,
  ): SeriesNode | undefined {
    const value = isScalar(given) ? given : given == null ? undefined : copyValue(given);
    if (value === undefined) return node;
    let at = node;
    while (at.key !== undefined && at.key !== key && at.other) at = at.other;
    const isList = typeof value === "object";
    const known = isList ? JSON.stringify(value) : value;
    const next = at.key === key && (isList ? at.lists : at.values).get(known);
    if (next) return next;
    const sent = change ? change(key, value) : value;
    if (sent === undefined) return node;
    if (!mayGrow && (isList || !recurs(key, value))) return undefined;
    nodes++;
    if (at.key !== undefined && at.key !== key)
      at = at.other = new SeriesNode(node.parent, node.name, node.value);
    at.key = key;
    const map = isList ? "lists" : "values";
    if (at[map] === NO_NODES) at[map] = new Map();
    const added = new SeriesNode(node, key, sent);
    at[map].set(known, added);
    return added;
  }

  function seriesAt(instrument: TableInstrument, node: SeriesNode): TableSeries {
    const entries: [key: string, value: AttributeValue][] = [];
    for (let at = node; at.parent; at = at.parent) entries.unshift([at.name, at.value]);
    return (node.series = addSeries(instrument, entries));
  }

  function addSeries(
    instrument: TableInstrument,
    entries: [key: string, value: AttributeValue][],
  ): TableSeries {
    const { byText } = rootOf(instrument);
    const text = JSON.stringify([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
    let series = byText.get(text);
    if (!series) {
      instrument.usage.series++;
      const made = makeSeries(instrument, Object.fromEntries(entries), true);
      byText.set(
        text,
        (series = {
          ...made,
          instrument,
          isCached: true,
          last: undefined,
          rated: undefined,
          folds: undefined,
        }),
      );
    }
    return series;
  }

  function walk(
    instrument: TableInstrument,
    attributes: Readonly<Record<string, unknown>>,
    mayGrow: boolean,
  ): TableSeries | undefined {
    let node: SeriesNode = rootOf(instrument);
    for (const key in attributes) {
      const value = attributes[key];
      if (node.key === key) {
        const next = node.values.get(value);
        if (next !== undefined) {
          node = next;
          continue;
        }
      }
      const next = step(instrument, node, key, value, mayGrow);
      if (next === undefined) return undefined;
      node = next;
    }
    return node.series ?? seriesAt(instrument, node);
  }

  return {
    find(instrument, attributes, mayGrow) {
      if (nodes > maxNodes) forgetAll();
      if (typeof attributes !== "object" || attributes === null) attributes = NOTHING_GIVEN;
      // Members of a prototype are no attributes; nor are those that somebody added to `Object.prototype`.
      if (isPlain(attributes as object))
        try {
          return walk(instrument, attributes as Record<string, unknown>, mayGrow);
        } catch {
          // An attribute that cannot be read costs itself only.
        }
      let node: SeriesNode | undefined = rootOf(instrument);
      for (const [key, value] of Object.entries(copyAttributes(attributes)))
        node &&= step(instrument, node, key, value, mayGrow);
      return node && (node.series ?? seriesAt(instrument, node));
    },
    ofExactly: (instrument, attributes) => addSeries(instrument, Object.entries(attributes)),
  };
}

const NOTHING_GIVEN = {};

function isPlain(attributes: object): boolean {
  for (const _ in NOTHING_GIVEN) return false;
  try {
    return Object.getPrototypeOf(attributes) === Object.prototype;
  } catch {
    return false;
  }
}
