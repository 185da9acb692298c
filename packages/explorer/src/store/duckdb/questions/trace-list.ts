import type { TraceOrder } from "../../../questions/trace-order.js";
import type { TraceQuestion } from "../../../questions/trace-question.js";
import type { StoreQuestions } from "../../store.js";
import type { StoredTrace } from "../../stored-trace.js";
import { addTimeRange, createConditions, type Conditions } from "./conditions.js";
import { addFilters } from "./filter-sql.js";
import type { Select } from "./select.js";
import { IN_TRACE, METRIC_COUNT, ROOT_FIRST, SHORT_NAME, SPAN, TRACE_COUNTS } from "./trace-sql.js";

const KEYS: Readonly<Record<TraceOrder["by"], string>> = {
  time: "startNs",
  duration: "durationNs",
  errors: "errors",
  spans: "spans",
};

/** Creates the function that answers a `TraceQuestion`. Times are summed up in 128 bits: the sum of two may exceed 64. */
export const createTraceList = (select: Select): StoreQuestions["traces"] =>
  async function traces(question) {
    const { order, after, limit, upToSeq } = question;
    const conditions = createConditions("traceId IS NOT NULL", IN_TRACE, "verdict <> 'dropped'");
    conditions.add(`seq <= ${conditions.parameter(upToSeq)}`);
    const all = conditions.sql();
    const isChoosing = addChoice(conditions, question);
    const isChosen = isChoosing ? "AND traceId IN (SELECT traceId FROM chosen)" : "";
    const direction = order.isDescending ? "DESC" : "ASC";
    const byKey = `${KEYS[order.by]} ${direction}, traceId ${direction}`;
    const place =
      after &&
      `WHERE (${KEYS[order.by]}, traceId) ${order.isDescending ? "<" : ">"} (${conditions.parameter(after.key)}, ${conditions.parameter(after.traceId)})`;
    return select<StoredTrace>(
      `WITH chosen AS (SELECT traceId, max(value) AS value FROM items ${conditions.sql()} GROUP BY traceId),
       summed AS (SELECT traceId, ${TRACE_COUNTS}, ${METRIC_COUNT} AS metrics,
                         coalesce(min(timeNs) FILTER (${SPAN}), min(timeNs)) AS startNs,
                         coalesce(max(timeNs::HUGEINT + durationNs) FILTER (${SPAN}), max(timeNs)) AS endNs
                  FROM items ${all} ${isChosen} GROUP BY traceId),
       timed AS (SELECT * EXCLUDE endNs, endNs - startNs AS durationNs FROM summed),
       page AS (SELECT * FROM timed ${place ?? ""} ORDER BY ${byKey} LIMIT ${limit}),
       roots AS (SELECT traceId, op, ${SHORT_NAME} AS name FROM items
                 WHERE ${SPAN} AND seq <= $1 AND traceId IN (SELECT traceId FROM page)
                 QUALIFY row_number() OVER (PARTITION BY traceId ORDER BY ${ROOT_FIRST}) = 1)
       SELECT page.*, roots.op, roots.name, ${question.metric ? "chosen.value" : "NULL"} AS value
       FROM page LEFT JOIN roots USING (traceId) ${question.metric ? "LEFT JOIN chosen USING (traceId)" : ""}
       ORDER BY ${byKey}`,
      conditions.values,
    );
  };

/** Adds the conditions that one item of a trace must meet, and returns whether there are any. */
function addChoice(conditions: Conditions, question: TraceQuestion): boolean {
  const { metric, type, unit, filters, range } = question;
  const { add, parameter } = conditions;
  if (metric !== undefined) add(`kind = 'metric' AND name = ${parameter(metric.name)}`);
  if (type !== undefined) add(`type = ${parameter(type)}`);
  if (unit !== undefined) add(`coalesce(unit, 'none') = ${parameter(unit)}`);
  if (range !== undefined) addTimeRange(conditions, range);
  addFilters(conditions, filters);
  return [metric, type, unit, range, ...filters].some((each) => each !== undefined);
}
