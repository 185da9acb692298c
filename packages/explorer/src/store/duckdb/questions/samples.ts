import type { SampleOrder } from "../../../questions/sample-order.js";
import type { SampleQuestion } from "../../../questions/sample-question.js";
import type { StoreQuestions } from "../../store.js";
import { addTimeRange, createConditions, type Conditions } from "./conditions.js";
import { storedItemOf } from "./item-record.js";
import { addFilters } from "./filter-sql.js";
import type { Select } from "./select.js";

/** Creates the function that answers a `SampleQuestion`. */
export const createSamples = (select: Select): StoreQuestions["samples"] =>
  async function samples(question) {
    const conditions = conditionsOf(question);
    const records = await select(
      `SELECT * FROM items ${conditions.sql()} ORDER BY ${orderSql(question.order)} LIMIT ${question.limit}`,
      conditions.values,
    );
    return records.map(storedItemOf);
  };

const COLUMNS = { time: "timeNs", value: "value" } as const;

/** Equal times and values are in the order of arrival, so that no page repeats or skips an item. */
function orderSql({ by, isDescending }: SampleOrder): string {
  const direction = isDescending ? "DESC" : "ASC";
  return `${COLUMNS[by]} ${direction}, seq ${direction}`;
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
  if (order.by === "value") add("value IS NOT NULL");
  if (after !== undefined) {
    const place = `(${parameter(after.key)}, ${parameter(after.seq)})`;
    add(`(${COLUMNS[order.by]}, seq) ${order.isDescending ? "<" : ">"} ${place}`);
  }
  return conditions;
}
