import { isOrderByCount, type SampleOrder } from "../../../questions/sample-order.js";
import type { SampleQuestion } from "../../../questions/sample-question.js";
import type { StoreQuestions } from "../../store.js";
import { addTimeRange, createConditions, type Conditions } from "./conditions.js";
import { storedItemOf } from "./item-record.js";
import { addFilters } from "./filter-sql.js";
import type { Select } from "./select.js";
import { TRACE_COUNTS } from "./trace-sql.js";

/** Creates the function that returns items in order of arrival. */
export const createItemsAfter = (select: Select): StoreQuestions["itemsAfter"] =>
  async function itemsAfter(seq, limit) {
    const records = await select(`SELECT * FROM items WHERE seq > $1 ORDER BY seq LIMIT ${limit}`, [
      seq,
    ]);
    return records.map(storedItemOf);
  };

/** Creates the function that returns one item. */
export const createFindItem = (select: Select): StoreQuestions["findItem"] =>
  async function findItem(seq) {
    const [record] = await select("SELECT * FROM items WHERE seq = $1", [seq]);
    return record && storedItemOf(record);
  };

/** Creates the function that answers a `SampleQuestion`. */
export const createSamples = (select: Select): StoreQuestions["samples"] =>
  async function samples(question) {
    const conditions = conditionsOf(question);
    const counts = isOrderByCount(question.order) ? countsSql(conditions, question.upToSeq) : "";
    const records = await select(
      `SELECT items.* FROM items ${counts} ${conditions.sql()} ORDER BY ${orderSql(question.order)} LIMIT ${question.limit}`,
      conditions.values,
    );
    return records.map(storedItemOf);
  };

/** Joins the counts of its trace to each item. */
function countsSql({ parameter }: Conditions, upToSeq: bigint | undefined): string {
  const until = upToSeq === undefined ? "" : `WHERE seq <= ${parameter(upToSeq)}`;
  return `LEFT JOIN (SELECT traceId AS countedId, ${TRACE_COUNTS} FROM items ${until} GROUP BY traceId) AS counts
          ON items.traceId = countedId`;
}

const KEYS: Readonly<Record<SampleOrder["by"], string>> = {
  time: "timeNs",
  value: "value",
  spans: "coalesce(spans, 0)",
  errors: "coalesce(errors, 0)",
  logs: "coalesce(logs, 0)",
};

/** Equal keys are in the order of arrival, so that no page repeats or skips an item. */
function orderSql({ by, isDescending }: SampleOrder): string {
  const direction = isDescending ? "DESC" : "ASC";
  return `${KEYS[by]} ${direction}, seq ${direction}`;
}

function conditionsOf({
  name,
  type,
  unit,
  verdict,
  range,
  filters,
  order,
  after,
  upToSeq,
}: SampleQuestion): Conditions {
  const conditions = createConditions();
  const { add, parameter } = conditions;
  if (name === undefined)
    add("(kind = 'metric' OR (kind = 'container' AND name = 'trace_metric'))");
  else add(`kind = 'metric' AND name = ${parameter(name)}`);
  if (type !== undefined) add(`type = ${parameter(type)}`);
  if (unit !== undefined) add(`coalesce(unit, 'none') = ${parameter(unit)}`);
  if (verdict !== undefined) add(`verdict = ${parameter(verdict)}`);
  if (range !== undefined) addTimeRange(conditions, range);
  addFilters(conditions, filters);
  if (upToSeq !== undefined) add(`seq <= ${parameter(upToSeq)}`);
  if (order.by === "value") add("value IS NOT NULL");
  if (after !== undefined) {
    const place = `(${parameter(after.key)}, ${parameter(after.seq)})`;
    add(`(${KEYS[order.by]}, seq) ${order.isDescending ? "<" : ">"} ${place}`);
  }
  return conditions;
}
