import {
  VALUE_KINDS,
  type AttributeSummary,
  type ValueKind,
} from "../../../model/attribute-summary.js";
import type { AttributeQuestion } from "../../../questions/attribute-question.js";
import type { StoreQuestions } from "../../store.js";
import {
  ACCEPTED_METRIC,
  addTimeRange,
  attributeText,
  createConditions,
  type Conditions,
} from "./conditions.js";
import { addFilters } from "./filter-sql.js";
import type { Select } from "./select.js";

/** The kind of a JSON value, and its bytes as Relay counts them (a list has the bytes of its text here). */
const KIND = `CASE json_type(json) WHEN 'VARCHAR' THEN 'string' WHEN 'BOOLEAN' THEN 'boolean' WHEN 'ARRAY' THEN 'list' ELSE 'number' END`;
const BYTES = `strlen(key) + CASE kind WHEN 'number' THEN 8 WHEN 'boolean' THEN 1 ELSE strlen(value) END`;

/** Creates the functions that answer questions about attributes. */
export const createAttributeQuestions = (
  select: Select,
): Pick<StoreQuestions, "listAttributes" | "attributeValues"> => ({
  async listAttributes(question) {
    const conditions = conditionsOf(question);
    const records = await select<AttributeRecord>(
      `WITH chosen AS MATERIALIZED (SELECT attributes FROM items ${conditions.sql()}),
       entries AS (SELECT unnest(map_entries(CAST(attributes AS MAP(VARCHAR, JSON)))) AS entry FROM chosen),
       typed AS (SELECT entry.key AS key, entry.value AS json FROM entries),
       texts AS (SELECT key, ${KIND} AS kind, json_extract_string(json, '$') AS value FROM typed),
       counted AS (SELECT key, kind, value, count(*) AS count, any_value(${BYTES}) AS bytes FROM texts GROUP BY ALL),
       numbered AS (SELECT *, CASE kind WHEN 'number' THEN try_cast(value AS DOUBLE) END AS number FROM counted),
       ranked AS (SELECT *, sum(count) OVER (PARTITION BY key, kind ORDER BY number ROWS UNBOUNDED PRECEDING) AS reached,
                         sum(count) OVER (PARTITION BY key, kind) AS whole FROM numbered)
       SELECT key, sum(count)::INTEGER AS items, ((SELECT count(*) FROM chosen) - sum(count))::INTEGER AS missing,
              count(DISTINCT value)::INTEGER AS distinctValues, sum(count * bytes)::DOUBLE AS bytes,
              ${VALUE_KINDS.map((kind) => `(sum(count) FILTER (WHERE kind = '${kind}'))::INTEGER AS ${kind}Items`).join(", ")},
              list({value: value, count: count::INTEGER} ORDER BY count DESC, value)[1:10] AS top,
              min(number) AS least, max(number) AS greatest,
              min(number) FILTER (WHERE reached * 2 >= whole) AS middle
       FROM ranked GROUP BY key ORDER BY key`,
      conditions.values,
    );
    return records.map(summaryOf);
  },

  async attributeValues({ key, part, limit, ...question }) {
    const conditions = conditionsOf(question);
    const text = attributeText(conditions, key);
    conditions.add(`${text} IS NOT NULL`);
    if (part !== "")
      conditions.add(`contains(lower(${text}), lower(${conditions.parameter(part)}))`);
    const records = await select<{ text: string; count: number; total: number }>(
      `WITH texts AS (SELECT ${text} AS text FROM items ${conditions.sql()})
       SELECT text, count(*)::INTEGER AS count, (count(*) OVER ())::INTEGER AS total
       FROM texts GROUP BY text ORDER BY count DESC, text LIMIT ${limit}`,
      conditions.values,
    );
    const values = records.map((record) => ({ value: record.text, count: record.count }));
    return { values, total: records[0]?.total ?? 0 };
  },
});

function conditionsOf({ name, type, unit, filters, range }: AttributeQuestion): Conditions {
  const conditions = createConditions(ACCEPTED_METRIC);
  const { add, parameter } = conditions;
  add(`name = ${parameter(name)}`);
  if (type !== undefined) add(`type = ${parameter(type)}`);
  if (unit !== undefined) add(`coalesce(unit, 'none') = ${parameter(unit)}`);
  if (range !== undefined) addTimeRange(conditions, range);
  addFilters(conditions, filters);
  return conditions;
}

type AttributeRecord = Pick<AttributeSummary, "key" | "items" | "missing" | "bytes" | "top"> &
  Readonly<Record<`${ValueKind}Items`, number | null>> & {
    readonly distinctValues: number;
    readonly least: number | null;
    readonly middle: number | null;
    readonly greatest: number | null;
  };

function summaryOf(record: AttributeRecord): AttributeSummary {
  const { key, items, missing, bytes, top, distinctValues, least, middle, greatest } = record;
  const kinds = VALUE_KINDS.map((kind) => [kind, record[`${kind}Items`]] as const);
  return {
    key,
    items,
    missing,
    distinct: distinctValues,
    kinds: Object.fromEntries(kinds.filter(([, count]) => count !== null)),
    top,
    ...(least !== null &&
      middle !== null &&
      greatest !== null && { numbers: { min: least, p50: middle, max: greatest } }),
    bytes,
  };
}
