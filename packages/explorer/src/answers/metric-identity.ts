import type { Store } from "../store/store.js";
import { requireType, type MetricType } from "../questions/aggregations.js";
import { notFound, usageError } from "../questions/query-error.js";

/** What makes a metric itself: the same name with another type or unit is another metric. */
export interface MetricIdentity {
  name: string;
  type: MetricType;
  /** `none` when it has no unit. */
  unit: string;
}

export interface IdentityOptions {
  type?: string | undefined;
  unit?: string | undefined;
}

/** Finds the one metric that is meant; a `QueryError` says how to be more exact. */
export async function resolveIdentity(
  store: Store,
  name: string,
  { type, unit }: IdentityOptions,
): Promise<MetricIdentity> {
  if (type !== undefined) requireType(type);
  const known = await store.select<MetricIdentity>(
    `SELECT DISTINCT name, type, coalesce(unit, 'none') AS unit FROM items
     WHERE kind = 'metric' AND verdict <> 'dropped' AND name = $1 ORDER BY type, unit`,
    [name],
  );
  if (known.length === 0) throw notFound(await explainMissing(store, name));
  const fitting = known.filter((metric) => fits(metric.type, type) && fits(metric.unit, unit));
  const [only, second] = fitting;
  if (only !== undefined && second === undefined) return only;
  const list = (fitting.length > 0 ? fitting : known).map(describe).join(", ");
  if (only === undefined)
    throw notFound(`"${name}" has no such type and unit; it is known as ${list}`);
  throw usageError(`"${name}" exists as ${list}; choose one with type and unit`);
}

const fits = (actual: string, asked: string | undefined): boolean =>
  asked === undefined || asked === actual;

const describe = ({ type, unit }: MetricIdentity): string => `${type} in ${unit}`;

/** A name nobody sent is most often a typing mistake, or one that Sentry would have dropped. */
export async function explainMissing(store: Store, name: string): Promise<string> {
  const [dropped] = await store.select<{ count: number }>(
    "SELECT count(*)::INTEGER AS count FROM items WHERE kind = 'metric' AND name = $1",
    [name],
  );
  if (dropped !== undefined && dropped.count > 0) {
    return `All ${dropped.count} metrics named "${name}" were dropped; look at the samples with verdict dropped for the reasons`;
  }
  const similar = await store.select<{ name: string }>(
    `SELECT name FROM items WHERE kind = 'metric' AND verdict <> 'dropped'
     GROUP BY name HAVING jaro_winkler_similarity(name, $1) > 0.8
     ORDER BY jaro_winkler_similarity(name, $1) DESC LIMIT 3`,
    [name],
  );
  const hint = similar.map((metric) => `"${metric.name}"`).join(" or ");
  return `No metric named "${name}" was received.${hint && ` Did you mean ${hint}?`}`;
}
