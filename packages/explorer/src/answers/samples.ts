import type { Store } from "../store/store.js";
import { requireType } from "../questions/aggregations.js";
import { addTimeRange, createConditions, type Conditions } from "../store/duckdb/ask/conditions.js";
import { explainMissing, type IdentityOptions } from "./metric-identity.js";
import { itemOfRecord, type Item } from "../model/item.js";
import { notFound, usageError } from "../questions/query-error.js";
import { readTimeRange, type TimeRangeOptions } from "../questions/time-range.js";
import { addWhere } from "../questions/attribute-filter.js";

const VERDICTS = ["accepted", "changed", "dropped"];
const MAX_LIMIT = 1_000;

export interface SampleOptions extends TimeRangeOptions, IdentityOptions {
  /** Metric name. Without it: every metric, and the containers that were refused whole. */
  name?: string | undefined;
  verdict?: string | undefined;
  /** Filters such as `route=/cart*`; all of them must hold. */
  where?: readonly string[] | undefined;
  /** 1 to 1000. Default 20. */
  limit?: number | undefined;
}

/** Single received metrics, the newest first. Without `since` however old. */
export async function samples(
  store: Store,
  options: SampleOptions & { nowNs: bigint },
): Promise<Item[]> {
  const limit = readLimit(options.limit);
  const conditions = conditionsOf(options);
  const records = await store.select(
    `SELECT * FROM items ${conditions.sql()} ORDER BY timeNs DESC, seq DESC LIMIT ${limit}`,
    conditions.values,
  );
  if (records.length === 0 && options.name !== undefined) await requireKnown(store, options.name);
  return records.map(itemOfRecord);
}

function conditionsOf(options: SampleOptions & { nowNs: bigint }): Conditions {
  const { name, type, unit, verdict } = options;
  const conditions = createConditions();
  if (name === undefined)
    conditions.add("(kind = 'metric' OR (kind = 'container' AND name = 'trace_metric'))");
  else conditions.add(`kind = 'metric' AND name = ${conditions.parameter(name)}`);
  if (type !== undefined) conditions.add(`type = ${conditions.parameter(requireType(type))}`);
  if (unit !== undefined) conditions.add(`coalesce(unit, 'none') = ${conditions.parameter(unit)}`);
  if (verdict !== undefined)
    conditions.add(`verdict = ${conditions.parameter(readVerdict(verdict))}`);
  if (options.since !== undefined || options.until !== undefined) {
    addTimeRange(conditions, readTimeRange(options, options.nowNs));
  }
  addWhere(conditions, options.where);
  return conditions;
}

function readVerdict(verdict: string): string {
  if (VERDICTS.includes(verdict)) return verdict;
  throw usageError(`verdict is "${verdict}"; valid are ${VERDICTS.join(", ")}`);
}

function readLimit(limit = 20): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw usageError(`limit must be a whole number from 1 to ${MAX_LIMIT}`);
}

/** A name that exists but has no fitting sample is an empty answer, an unknown one an error. */
async function requireKnown(store: Store, name: string): Promise<void> {
  const known = await store.select(
    "SELECT 1 FROM items WHERE kind = 'metric' AND name = $1 LIMIT 1",
    [name],
  );
  if (known.length === 0) throw notFound(await explainMissing(store, name));
}
