import type { CostKey } from "../../../model/cost.js";
import type { MetricType } from "../../../model/metric.js";
import type { StoreQuestions } from "../../store.js";
import { ACCEPTED_METRIC, addTimeRange, createConditions } from "./conditions.js";
import { addFilters } from "./filter-sql.js";
import type { Select } from "./select.js";

/** Creates the function that answers a `CostQuestion`. */
export const createCost = (select: Select): StoreQuestions["cost"] =>
  async function cost({ by, filters, range, limit }) {
    const conditions = createConditions(ACCEPTED_METRIC);
    addTimeRange(conditions, range);
    addFilters(conditions, filters);
    const records = await select<CostRecord>(
      `WITH chosen AS (SELECT ${COLUMNS[by]} FROM items ${conditions.sql()}),
       whole AS (SELECT count(*)::INTEGER AS allItems, coalesce(sum(bytes), 0) AS allBytes FROM chosen),
       parts AS (${PARTS[by]})
       SELECT name, type, unit, items::INTEGER AS items, bytes::DOUBLE AS bytes, allItems, allBytes,
              (count(*) OVER ())::INTEGER AS total
       FROM parts, whole ORDER BY bytes DESC, name NULLS LAST, type, unit LIMIT ${limit}`,
      conditions.values,
    );
    const [first] = records;
    return {
      rows: records.map(rowOf),
      total: { items: first?.allItems ?? 0, bytes: first?.allBytes ?? 0 },
      groups: first?.total ?? 0,
    };
  };

/** The bytes of one attribute value, as Relay counts them: those of each element for a list. */
const sizeOf = (json: string): string =>
  `CASE json_type(${json}) WHEN 'VARCHAR' THEN strlen(json_extract_string(${json}, '$')) WHEN 'BOOLEAN' THEN 1 ELSE 8 END`;
const VALUE_BYTES = `CASE json_type(json)
  WHEN 'ARRAY' THEN coalesce(list_sum(list_transform(CAST(json AS JSON[]), lambda element: ${sizeOf("element")})), 0)
  ELSE ${sizeOf("json")} END`;

/** Equal values are counted before they are measured. What is left of all bytes belongs to no attribute. */
const KEYS = `
  WITH entries AS (SELECT unnest(map_entries(CAST(attributes AS MAP(VARCHAR, JSON)))) AS entry FROM chosen),
  counted AS (SELECT entry.key AS key, entry.value AS json, count(*) AS items FROM entries GROUP BY ALL),
  keys AS (
    SELECT key AS name, NULL AS type, NULL AS unit, sum(items) AS items,
           sum(items * (strlen(key) + ${VALUE_BYTES})) AS bytes
    FROM counted GROUP BY key
  )
  SELECT * FROM keys UNION ALL
  SELECT NULL, NULL, NULL, allItems, allBytes - coalesce((SELECT sum(bytes) FROM keys), 0) FROM whole WHERE allItems > 0`;

/** The columns that are read of each item, since the items may be kept for several passes. */
const COLUMNS: Readonly<Record<CostKey, string>> = {
  metric: "name, type, unit, bytes",
  key: "bytes, attributes",
  sdk: "sdk, bytes",
};

const PARTS: Readonly<Record<CostKey, string>> = {
  metric:
    "SELECT name, type, coalesce(unit, 'none') AS unit, count(*) AS items, sum(bytes) AS bytes FROM chosen GROUP BY ALL",
  key: KEYS,
  sdk: "SELECT sdk AS name, NULL AS type, NULL AS unit, count(*) AS items, sum(bytes) AS bytes FROM chosen GROUP BY sdk",
};

interface CostRecord {
  readonly name: string | null;
  readonly type: MetricType | null;
  readonly unit: string | null;
  readonly items: number;
  readonly bytes: number;
  readonly allItems: number;
  readonly allBytes: number;
  readonly total: number;
}

const rowOf = ({ name, type, unit, items, bytes }: CostRecord) => ({
  name,
  ...(type !== null && { type }),
  ...(unit !== null && { unit }),
  items,
  bytes,
});
