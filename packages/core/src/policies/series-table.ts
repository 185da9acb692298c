import type { AttributeMap, AttributeValue } from "../contract/metric.js";
import type { Series } from "../contract/series.js";
import { copyAttributes, copyValue, isScalar, NOTHING } from "../engine/attributes.js";
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
  find(instrument: TableInstrument, attributes: unknown): TableSeries | undefined;
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
export function createSeriesTable(
  maxSeries: number,
  /** Whether a new series of an instrument may be found again, however many values its attributes have. */
  mayGrow: (instrument: TableInstrument) => boolean,
): SeriesTable {
  const maxNodes = Math.max(MAX_NODES, 4 * maxSeries);
  const values = new Map<string, Set<unknown>>();
  let roots: TableInstrument[] = [];
  let nodes = 0;
  /** Somebody added to `Object.prototype`: those members are no attributes. */
  let isPolluted = false;

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
    instrument: TableInstrument,
    node: SeriesNode,
    key: string,
    given: unknown,
  ): SeriesNode | undefined {
    const value = isScalar(given) ? given : given == null ? undefined : copyValue(given);
    if (value === undefined) return node;
    let at = node;
    while (at.key !== undefined && at.key !== key && at.other) at = at.other;
    const isList = typeof value === "object";
    const known = isList ? JSON.stringify(value) : value;
    const next = at.key === key && (isList ? at.lists : at.values).get(known);
    if (next) return next;
    const { change } = instrument.plan;
    const sent = change ? change(key, value) : value;
    if (sent === undefined) return node;
    if (!mayGrow(instrument) && (isList || !recurs(key, value))) return undefined;
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

  /** Without the steps for attributes that are known at their place it would be half as fast. */
  function walk(
    instrument: TableInstrument,
    attributes: Readonly<Record<string, unknown>>,
  ): TableSeries | undefined {
    let node = (instrument.node ?? rootOf(instrument)) as SeriesNode;
    for (const key in attributes) {
      const value = attributes[key];
      let next = node.key === key ? node.values.get(value) : undefined;
      if (next === undefined) {
        if (!{}.hasOwnProperty.call(attributes, key)) {
          isPolluted = true;
          continue;
        }
        next = step(instrument, node, key, value);
        if (next === undefined) return undefined;
      }
      node = next;
    }
    return node.series ?? seriesAt(instrument, node);
  }

  /** Copies the attributes first: those of any object, whatever happens when they are read. */
  function findCopied(instrument: TableInstrument, attributes: unknown): TableSeries | undefined {
    let node: SeriesNode | undefined = rootOf(instrument);
    for (const [key, value] of Object.entries(copyAttributes(attributes)))
      node &&= step(instrument, node, key, value);
    return node && (node.series ?? seriesAt(instrument, node));
  }

  return {
    find(instrument, attributes = NOTHING) {
      if (nodes > maxNodes) forgetAll();
      try {
        // Members of another prototype are no attributes.
        if (!isPolluted && Object.getPrototypeOf(attributes) === Object.prototype)
          return walk(instrument, attributes as Record<string, unknown>);
      } catch {
        // `null`, or an attribute that cannot be read: it costs itself only.
      }
      return findCopied(instrument, attributes);
    },
    ofExactly: (instrument, attributes) => addSeries(instrument, Object.entries(attributes)),
  };
}
