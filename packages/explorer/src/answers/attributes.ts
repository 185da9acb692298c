import type { Store } from "../store/store.js";
import { explainMissing } from "./metric-identity.js";
import { notFound } from "../questions/query-error.js";

export interface AttributeSummary {
  key: string;
  /** Items that have it. */
  count: number;
  /** Different values. */
  values: number;
  /** The most frequent values as text, at most ten. */
  top: string[];
}

/** Every JSON of every item would have to be opened: the newest ones say what there is to group by. */
const NEWEST = 10_000;

/** The attributes of the newest 10 000 items of a metric, whatever its type and unit. */
export async function listAttributes(store: Store, name: string): Promise<AttributeSummary[]> {
  const attributes = await store.select<AttributeSummary>(
    `WITH newest AS (
       SELECT attributes FROM items WHERE kind = 'metric' AND verdict <> 'dropped' AND name = $1
       ORDER BY seq DESC LIMIT ${NEWEST}
     ), pairs AS (
       SELECT unnest(json_keys(attributes)) AS key, attributes FROM newest
     ), counted AS (
       SELECT key, json_extract_string(attributes, '/' || replace(replace(key, '~', '~0'), '/', '~1')) AS value,
              count(*) AS count
       FROM pairs GROUP BY ALL
     )
     SELECT key, sum(count)::INTEGER AS count, count(*)::INTEGER AS values,
            list(value ORDER BY count DESC, value)[1:10] AS top
     FROM counted GROUP BY key ORDER BY key`,
    [name],
  );
  if (attributes.length > 0) return attributes;
  const known = await store.select(
    "SELECT 1 FROM items WHERE kind = 'metric' AND verdict <> 'dropped' AND name = $1 LIMIT 1",
    [name],
  );
  if (known.length === 0) throw notFound(await explainMissing(store, name));
  return [];
}
