import type { Change } from "../../model/changes.js";
import type { Slices } from "../../runtime/slices.js";
import { hasValue } from "./chosen-items.js";
import type { ComparedColumns } from "./compared-items.js";
import type { ComparedValue } from "./compare-shares.js";
import type { TableValue, ValueTable } from "./value-table.js";

/** Values that share so many of their traces are one line. */
const ALIKE = 0.9;
/** Values that are looked at. */
const MOST_FOUND = 30;
/** Further values of a line. */
const MOST_ALIKE = 5;

/** A line of the answer: a value, and others that select the same traces. */
export interface NamedValue<T extends ComparedValue = ComparedValue> {
  readonly first: T;
  readonly also: readonly T[];
}

/** Joins values that select the same traces. Each line has the clearest of them first. */
export async function nameValues<T extends ComparedValue>(
  columns: ComparedColumns,
  table: ValueTable,
  chosen: Int32Array,
  { found, slices }: { found: readonly T[]; slices: Slices },
): Promise<NamedValue<T>[]> {
  const lines: { first: T; also: T[]; traces: Set<number> }[] = [];
  for (const value of found.slice(0, MOST_FOUND)) {
    await slices.rest();
    const traces = tracesWith(columns, table, chosen, value.value);
    const line = lines.find((each) => overlap(each.traces, traces) >= ALIKE);
    if (line === undefined) lines.push({ first: value, also: [], traces });
    else if (line.also.length < MOST_ALIKE) line.also.push(value);
  }
  return lines;
}

function tracesWith(
  { traces }: ComparedColumns,
  table: ValueTable,
  chosen: Int32Array,
  value: number,
): Set<number> {
  const own = new Set<number>();
  for (const item of chosen) if (hasValue(table, item, value)) own.add(traces[item] as number);
  return own;
}

/** Traces of both, as a part of the traces of either. */
function overlap(one: ReadonlySet<number>, other: ReadonlySet<number>): number {
  let both = 0;
  for (const trace of one) if (other.has(trace)) both++;
  return both / (one.size + other.size - both);
}

/** Converts a line to the form of the answer. */
export function presentChange(
  columns: ComparedColumns,
  table: ValueTable,
  chosen: Int32Array,
  { first, also }: NamedValue,
): Change {
  const { key, value, kind, range } = valueAt(table, first.value);
  const own = chosen.filter((item) => hasValue(table, item, first.value));
  const selected = own.filter((item) => columns.isInside[item] === 1);
  const examples = examplesOf(columns, selected);
  const traceIds = examples.map((item) => columns.traceIds[columns.traces[item] as number]);
  return {
    key,
    value,
    kind,
    ...(range && { range }),
    inside: first.inside,
    outside: first.outside,
    difference: first.inside - first.outside,
    p: first.p,
    items: { inside: selected.length, outside: own.length - selected.length },
    ...(also.length > 0 && { also: also.map((each) => nameOf(valueAt(table, each.value))) }),
    sampleIds: examples.map((item) => String(columns.seqs[item])),
    traceIds: [...new Set(traceIds)].filter((id) => id !== undefined),
  };
}

const valueAt = (table: ValueTable, value: number): TableValue => table.values[value] as TableValue;

const nameOf = ({ key, value, kind }: TableValue) => ({ key, value, kind });

/** The item with the greatest value, the one in the middle and the newest, each once. */
function examplesOf({ values, seconds }: ComparedColumns, items: Int32Array): number[] {
  const byValue = items
    .slice()
    .sort((one, other) => (values[other] as number) - (values[one] as number) || one - other);
  const newest = items.reduce(
    (best, item) => ((seconds[item] as number) >= (seconds[best] ?? -Infinity) ? item : best),
    -1,
  );
  const examples = [byValue[0], byValue[Math.floor(byValue.length / 2)], newest];
  return [...new Set(examples)].filter((item) => item !== undefined && item >= 0) as number[];
}
