import { parseJson } from "../../../model/json.js";
import type {
  ComparedEvent,
  ComparedItem,
  ComparisonQuestion,
  Inside,
} from "../../compared-item.js";
import type { StoreQuestions } from "../../store.js";
import { ACCEPTED_METRIC, addTimeRange, createConditions, type Conditions } from "./conditions.js";
import { addFilters } from "./filter-sql.js";
import type { Select } from "./select.js";

/** Traces of each side in which events are counted. */
const MAX_TRACES = 10_000;
/** Different events, those in the most traces first. */
const MAX_EVENTS = 1_000;
/** An event in fewer traces cannot differ beyond chance. */
const LEAST_TRACES = 5;

/** The name of an event: ids and other numbers in it are 0, so that equal events have equal names. */
const EVENT_NAME = `left(regexp_replace(regexp_replace(
  coalesce(CASE kind WHEN 'log' THEN json_extract_string(attributes, '/sentry.message.template') END, name),
  '\\b[0-9a-fA-F]{8,}(-[0-9a-fA-F]+)*\\b', '0', 'g'), '[0-9]+', '0', 'g'), 200)`;
const EVENT_KIND = "CASE WHEN kind IN ('span', 'transaction') THEN 'span' ELSE kind END";

/** Creates the functions that answer questions about a selection and its baseline. */
export const createComparisonQuestions = (
  select: Select,
): Pick<StoreQuestions, "countCompared" | "comparedItems" | "comparedEvents" | "timesOf"> => ({
  async countCompared(question) {
    const { conditions, inside } = conditionsOf(question);
    const [counts] = await select<{ inside: number; outside: number }>(
      `SELECT (count(*) FILTER (${inside}))::INTEGER AS inside,
              (count(*) FILTER (NOT (${inside})))::INTEGER AS outside FROM items ${conditions.sql()}`,
      conditions.values,
    );
    return counts ?? { inside: 0, outside: 0 };
  },

  async comparedItems(question, { afterSeq, limit, parts }) {
    const { conditions, inside } = conditionsOf(question);
    conditions.add(`seq > ${conditions.parameter(afterSeq)}`);
    if (parts.inside < 1 || parts.outside < 1)
      conditions.add(
        `(hash(seq) >> 32) < CASE WHEN ${inside} THEN ${limitOf(parts.inside)} ELSE ${limitOf(parts.outside)} END`,
      );
    const records = await select<ItemRecord>(
      `SELECT seq, timeNs, value, weight, traceId, attributes, ${inside} AS isInside
       FROM items ${conditions.sql()} ORDER BY seq LIMIT ${limit}`,
      conditions.values,
    );
    return records.map(({ attributes, ...record }) => ({
      ...record,
      attributes: parseJson(attributes) as ComparedItem["attributes"],
    }));
  },

  async comparedEvents(question) {
    const { conditions, inside } = conditionsOf(question);
    conditions.add("traceId IS NOT NULL");
    const records = await select<ComparedEvent & { insideTraces: number; outsideTraces: number }>(
      `WITH found AS (SELECT traceId, bool_or(${inside}) AS isInside FROM items ${conditions.sql()} GROUP BY traceId),
       chosen AS (SELECT * FROM found
                  QUALIFY row_number() OVER (PARTITION BY isInside ORDER BY hash(traceId)) <= ${MAX_TRACES}),
       totals AS (SELECT (count(*) FILTER (isInside))::INTEGER AS insideTraces,
                         (count(*) FILTER (NOT isInside))::INTEGER AS outsideTraces FROM chosen),
       events AS (SELECT DISTINCT traceId, isInside, ${EVENT_KIND} AS kind, op, ${EVENT_NAME} AS name
                  FROM items JOIN chosen USING (traceId)
                  WHERE kind IN ('span', 'transaction', 'error', 'log') AND verdict <> 'dropped'),
       counted AS (SELECT kind, op, name, (count(*) FILTER (isInside))::INTEGER AS inside,
                          (count(*) FILTER (NOT isInside))::INTEGER AS outside,
                          coalesce((list(traceId ORDER BY hash(traceId)) FILTER (isInside))[1:3], []) AS traceIds
                   FROM events GROUP BY kind, op, name HAVING count(*) >= ${LEAST_TRACES})
       SELECT * FROM counted, totals ORDER BY inside + outside DESC, kind, op, name LIMIT ${MAX_EVENTS}`,
      conditions.values,
    );
    const [first] = records;
    return {
      traces: { inside: first?.insideTraces ?? 0, outside: first?.outsideTraces ?? 0 },
      events: records.map(({ insideTraces: _in, outsideTraces: _out, ...event }) => event),
    };
  },

  async timesOf(metric, seqs) {
    const conditions = createConditions(ACCEPTED_METRIC);
    addMetric(conditions, { metric });
    conditions.add(insideSql(conditions, { by: "id", seqs }));
    const [times] = await select<{ firstNs: bigint | null; lastNs: bigint | null }>(
      `SELECT min(timeNs) AS firstNs, max(timeNs) AS lastNs FROM items ${conditions.sql()}`,
      conditions.values,
    );
    if (times === undefined || times.firstNs === null || times.lastNs === null) return undefined;
    return { firstNs: times.firstNs, lastNs: times.lastNs };
  },
});

type ItemRecord = Omit<ComparedItem, "attributes"> & { readonly attributes: string };

/** The greatest of 32 bits of a hash that belong to a part of the items. */
const limitOf = (part: number): number => Math.ceil(part * 2 ** 32);

function conditionsOf(question: ComparisonQuestion): { conditions: Conditions; inside: string } {
  const conditions = createConditions(ACCEPTED_METRIC);
  addMetric(conditions, question);
  addTimeRange(conditions, question.range);
  addFilters(conditions, question.filters);
  return { conditions, inside: insideSql(conditions, question.inside) };
}

function addMetric({ add, parameter }: Conditions, { metric }: Pick<ComparisonQuestion, "metric">) {
  add(`name = ${parameter(metric.name)}`);
  add(`type = ${parameter(metric.type)}`);
  add(`coalesce(unit, 'none') = ${parameter(metric.unit)}`);
}

function insideSql({ parameter }: Conditions, inside: Inside): string {
  switch (inside.by) {
    case "value":
      // As text, because the driver binds every whole number as an integer of 64 bits.
      return `value BETWEEN ${parameter(String(inside.least))}::DOUBLE AND ${parameter(String(inside.greatest))}::DOUBLE`;
    case "id":
      return `seq IN (${inside.seqs.map((seq) => parameter(seq)).join(", ")})`;
    case "time":
      return `timeNs >= ${parameter(inside.sinceNs)}`;
  }
}
