import type { AttributeMap, AttributeValue } from "../contract/metric.js";
import { copyAttributes, copyValue, isScalar, NOTHING } from "../engine/attributes.js";
import type { TableInstrument } from "./plan.js";
import { TableSeries } from "./table-series.js";

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
/** The most nodes of calls that are sent; later ones copy their attributes. */
const MAX_NODES = 8000;
/** After so many calls without room, for each node there may be, all are forgotten: perhaps others recur by now. */
const PATIENCE = 8;

/** So many values are compared one by one, which is faster than a hash. */
const MAX_COMPARED = 8;

/** The nodes behind one key, by its value. */
class Branch {
  /** The first texts and the first other values, apart: comparing values of one kind is faster. */
  readonly texts: string[] = [];
  readonly textNodes: SeriesNode[] = [];
  readonly scalars: unknown[] = [];
  readonly scalarNodes: SeriesNode[] = [];
  /** All further values. */
  others: Map<unknown, SeriesNode> | undefined = undefined;

  get(value: unknown): SeriesNode | undefined {
    if (typeof value === "string") {
      const { texts } = this;
      for (let i = 0; i < texts.length; i++) if (texts[i] === value) return this.textNodes[i];
    } else {
      const { scalars } = this;
      for (let i = 0; i < scalars.length; i++) if (scalars[i] === value) return this.scalarNodes[i];
    }
    return this.others === undefined ? undefined : this.others.get(value);
  }

  set(value: unknown, node: SeriesNode): void {
    const isText = typeof value === "string";
    const values: unknown[] = isText ? this.texts : this.scalars;
    if (values.length >= MAX_COMPARED) (this.others ??= new Map()).set(value, node);
    else {
      values.push(value);
      (isText ? this.textNodes : this.scalarNodes).push(node);
    }
  }
}

const NO_BRANCH = /* @__PURE__ */ new Branch();

/** A position in the tree: the attributes that were read so far. */
class SeriesNode {
  /** The key that was read next; another one is looked for in `other`. */
  key: string | undefined = undefined;
  values: Branch = NO_BRANCH;
  /** Lists are found by their JSON text. */
  lists: Branch = NO_BRANCH;
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

/** Makes an empty table, with room for `maxSeries` folded series of eight attributes at least. */
export function createSeriesTable(
  maxSeries: number,
  /** Whether a new series of an instrument may be found again, however many values its attributes have. */
  mayGrow: (instrument: TableInstrument) => boolean,
): SeriesTable {
  const maxNodes = MAX_NODES + 8 * maxSeries;
  const values = new Map<string, Set<unknown>>();
  let roots: TableInstrument[] = [];
  let nodes = 0;
  let refused = 0;

  function forgetAll(): void {
    for (const instrument of roots) instrument.node = undefined;
    roots = [];
    values.clear();
    nodes = refused = 0;
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
    const { by, change } = instrument.plan;
    const sent = change ? change(key, value) : value;
    if (sent === undefined) return node;
    const isFolded = by !== undefined && mayGrow(instrument);
    const isFull = nodes >= (isFolded ? maxNodes : MAX_NODES);
    if (isFull) refused++;
    if (isFull || !(isFolded || (by === undefined && !isList && recurs(key, value))))
      return undefined;
    nodes++;
    if (at.key !== undefined && at.key !== key)
      at = at.other = new SeriesNode(node.parent, node.name, node.value);
    at.key = key;
    const map = isList ? "lists" : "values";
    if (at[map] === NO_BRANCH) at[map] = new Branch();
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
      series = new TableSeries(instrument, Object.fromEntries(entries));
      byText.set(text, series);
    }
    return series;
  }

  function walk(instrument: TableInstrument, attributes: object): TableSeries | undefined {
    let node = (instrument.node ?? rootOf(instrument)) as SeriesNode;
    for (const key in attributes) {
      const value = attributes[key as never] as unknown;
      let next = node.key === key ? node.values.get(value) : undefined;
      if (next === undefined) {
        // Members of a prototype are no attributes.
        if (!{}.hasOwnProperty.call(attributes, key)) continue;
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
    find(instrument, attributes) {
      if (refused > PATIENCE * maxNodes) forgetAll();
      try {
        return walk(instrument, typeof attributes === "object" ? (attributes as object) : NOTHING);
      } catch {
        // An attribute that cannot be read costs itself only.
        return findCopied(instrument, attributes);
      }
    },
    ofExactly: (instrument, attributes) => addSeries(instrument, Object.entries(attributes)),
  };
}
