// Lists of metrics, of traces and of samples.
import { METRIC } from "../items.mjs";
import { COUNTS, metricItems } from "./reference-sql.mjs";

const METRICS = ({ sinceNs, untilNs }) =>
  `kind = 'metric' AND verdict <> 'dropped' AND timeNs >= ${sinceNs} AND timeNs < ${untilNs}`;

export const rows = [
  {
    id: "sparklines",
    title: "all metrics, with sparklines",
    research: "256",
    ask: (queries, { range }) => queries.metrics({ ...range, spark: 60 }),
    sql: (data) => `
      WITH chosen AS (SELECT * FROM items WHERE ${METRICS(data)}),
      summaries AS (SELECT name, type, unit, count(*)::INTEGER AS samples, sum(weight) AS calls, sum(bytes) AS bytes,
                           arg_max(value, timeNs) AS lastValue, min(timeNs) AS firstNs, max(timeNs) AS lastNs,
                           (count(*) FILTER (verdict = 'changed'))::INTEGER AS changed FROM chosen GROUP BY ALL),
      keys AS (SELECT name, type, unit, count(DISTINCT key)::INTEGER AS keys
               FROM (SELECT name, type, unit, unnest(json_keys(attributes)) AS key FROM chosen) GROUP BY name, type, unit),
      buckets AS (SELECT name, type, unit, (timeNs - ${data.sinceNs}) // 60000000000 AS bucket, sum(weight) AS calls
                  FROM chosen GROUP BY ALL),
      sparks AS (SELECT name, type, unit, list(calls ORDER BY bucket) AS spark FROM buckets GROUP BY name, type, unit)
      SELECT * FROM summaries JOIN keys ON (summaries.name, summaries.type) = (keys.name, keys.type)
      JOIN sparks ON (summaries.name, summaries.type) = (sparks.name, sparks.type)`,
    ofAnswer: ({ metrics }) =>
      metrics.map((each) => [
        each.name,
        each.count,
        each.bytes,
        each.lastValue,
        each.keys,
        ...each.spark,
      ]),
    ofRows: (found) =>
      found.map((each) => [
        each.name,
        each.calls,
        each.bytes,
        each.lastValue,
        each.keys,
        ...each.spark,
      ]),
  },
  {
    id: "traces",
    title: "the 20 longest traces of a metric, with their counts",
    research: "201",
    ask: (queries) => queries.traces({ metric: METRIC, sort: "-duration" }),
    sql: (data) => `
      WITH chosen AS (SELECT traceId, max(value) AS value FROM items WHERE ${metricItems(data)} GROUP BY traceId),
      counted AS (SELECT traceId, ${COUNTS}, (count(*) FILTER (kind = 'metric'))::INTEGER AS metrics,
                         min(timeNs) FILTER (kind = 'span') AS startNs,
                         max(timeNs + durationNs) FILTER (kind = 'span') - startNs AS durationNs,
                         any_value(name) FILTER (kind = 'span' AND parentSpanId IS NULL) AS root
                  FROM items WHERE traceId IN (SELECT traceId FROM chosen) GROUP BY traceId)
      SELECT * FROM counted JOIN chosen USING (traceId) ORDER BY durationNs DESC, traceId DESC LIMIT 20`,
    ofAnswer: ({ traces }) =>
      traces.map((each) => [
        each.traceId,
        each.root.name,
        each.durationMs,
        each.spans,
        each.errors,
        each.logs,
        each.metrics,
        each.value,
      ]),
    ofRows: (found) =>
      found.map((each) => [
        each.traceId,
        each.root,
        Number(each.durationNs) / 1e6,
        each.spans,
        each.errors,
        each.logs,
        each.metrics,
        each.value,
      ]),
  },
  {
    id: "samples",
    title: "a page of 50 samples, with the counts of their traces",
    research: "80",
    ask: (queries) => queries.samples({ name: METRIC, sort: "-value", limit: 50 }),
    sql: (data) => `
      WITH page AS (SELECT * FROM items WHERE ${metricItems(data)} ORDER BY value DESC, seq DESC LIMIT 50),
      counts AS (SELECT traceId, ${COUNTS} FROM items WHERE traceId IN (SELECT traceId FROM page) GROUP BY traceId)
      SELECT * FROM page JOIN counts USING (traceId)`,
    ofAnswer: ({ samples }) =>
      samples.map((each) => [Number(each.id), each.value, ...Object.values(each.trace)]),
    ofRows: (found) =>
      found.map((each) => [Number(each.seq), each.value, each.spans, each.errors, each.logs]),
  },
  {
    id: "cost",
    title: "cost of all metrics",
    research: "58",
    ask: (queries, { range }) => queries.cost(range),
    sql: (data) => `
      SELECT name, type, unit, count(*)::INTEGER AS items, sum(bytes) AS bytes FROM items WHERE ${METRICS(data)} GROUP BY ALL`,
    ofAnswer: (answer) => answer.rows.map((each) => [each.name, each.items, each.bytes]),
    ofRows: (found) => found.map((each) => [each.name, each.items, each.bytes]),
  },
];
