import type { AttributeValue } from "../../model/received-item.js";
import type { ComparedItem } from "../../store/compared-item.js";

/** The items of a comparison as columns of equal length. */
export interface ComparedColumns {
  readonly seqs: bigint[];
  /** Time since the start of the comparison, in seconds. */
  readonly seconds: number[];
  readonly values: number[];
  readonly weights: number[];
  /** 1 for selected items, 0 for those of the baseline. */
  readonly isInside: number[];
  /** The number of the item's trace. An item without a trace has one of its own. */
  readonly traces: number[];
  /** The id of each trace; `undefined` for an item without one. */
  readonly traceIds: (string | undefined)[];
  readonly keys: ReadonlyMap<string, KeyEntries>;
}

/** The items that have an attribute, and the value of each. */
export interface KeyEntries {
  /** The place of each item. */
  readonly items: number[];
  /** The number of each value. */
  readonly numbers: number[];
  readonly values: { readonly text: string; readonly number: number | undefined }[];
}

/** Finds the number of a value by its text, too. */
type NumberedEntries = KeyEntries & { readonly places: Map<string, number> };

const newEntries = (): NumberedEntries => ({
  items: [],
  numbers: [],
  values: [],
  places: new Map(),
});

/** Collects the items of a comparison. */
export interface ItemCollector {
  readonly columns: ComparedColumns;
  add(item: ComparedItem): void;
}

/** Creates a collector of the items since a time. */
export function createItemCollector(sinceNs: bigint): ItemCollector {
  const traceNumbers = new Map<string, number>();
  const keys = new Map<string, NumberedEntries>();
  const columns: ComparedColumns = {
    seqs: [],
    seconds: [],
    values: [],
    weights: [],
    isInside: [],
    traces: [],
    traceIds: [],
    keys,
  };

  function traceOf(id: string | null): number {
    const known = id === null ? undefined : traceNumbers.get(id);
    if (known !== undefined) return known;
    const number = columns.traceIds.push(id ?? undefined) - 1;
    if (id !== null) traceNumbers.set(id, number);
    return number;
  }

  function addAttribute(item: number, key: string, value: AttributeValue): void {
    const text = textOf(value);
    const entries = keys.get(key) ?? newEntries();
    if (entries.items.length === 0) keys.set(key, entries);
    let place = entries.places.get(text);
    if (place === undefined) {
      place = entries.values.push({ text, number: numberOf(value) }) - 1;
      entries.places.set(text, place);
    }
    entries.items.push(item);
    entries.numbers.push(place);
  }

  function add({ seq, timeNs, value, weight, traceId, isInside, attributes }: ComparedItem): void {
    const item = columns.seqs.push(seq) - 1;
    columns.seconds.push(Number(timeNs - sinceNs) / 1e9);
    columns.values.push(value);
    columns.weights.push(weight);
    columns.isInside.push(isInside ? 1 : 0);
    columns.traces.push(traceOf(traceId));
    for (const [key, each] of Object.entries(attributes)) addAttribute(item, key, each);
  }

  return { columns, add };
}

const textOf = (value: AttributeValue): string =>
  Array.isArray(value) ? `[${value.map(String).join(",")}]` : String(value);

const numberOf = (value: AttributeValue): number | undefined =>
  typeof value === "number" || typeof value === "bigint" ? Number(value) : undefined;
