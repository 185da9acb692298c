// What a chart shows behind and on its line.
import { METRIC } from "../items.mjs";
import { bucket, COUNTS, metricItems, P95, ranked } from "./reference-sql.mjs";

export const rows = [
  {
    id: "heatmap",
    title: "heatmap in rows of a third of a doubling",
    research: "80-268",
    ask: (queries, { range }) => queries.heatmap(METRIC, range),
    sql: (data) => `
      WITH chosen AS (SELECT ${bucket(data)}, value, weight FROM items WHERE ${metricItems(data)})
      SELECT bucket, floor(log2(value) * 3)::INTEGER AS size, sum(weight) AS weight, min(value) AS least, max(value) AS greatest
      FROM chosen GROUP BY bucket, size`,
    ofAnswer: ({ cells: { bucket: buckets, weight, min, max } }) =>
      buckets.map((place, cell) => [place, weight[cell], min[cell], max[cell]]),
    ofRows: (cells) => cells.map((cell) => [cell.bucket, cell.weight, cell.least, cell.greatest]),
  },
  {
    id: "exemplars",
    title: "three exemplars a bucket, with the counts of their traces",
    research: "148-363",
    ask: (queries, { range }) => queries.exemplars(METRIC, { ...range, aggregations: ["p95"] }),
    sql: (data) => `
      WITH chosen AS (SELECT ${bucket(data)}, seq, value, weight FROM items WHERE ${metricItems(data)}),
      lines AS (SELECT bucket, ${P95} AS line FROM (${ranked("bucket", "chosen")}) GROUP BY bucket),
      three AS (SELECT bucket, arg_max(seq, value) AS most, arg_min(seq, abs(value - line)) AS near, arg_min(seq, hash(seq)) AS random
                FROM chosen JOIN lines USING (bucket) GROUP BY bucket),
      shown AS (SELECT DISTINCT bucket, unnest([most, near, random]) AS seq FROM three),
      found AS (SELECT bucket, seq, value, traceId, spanId, timeNs FROM items JOIN shown USING (seq)),
      counts AS (SELECT traceId, ${COUNTS} FROM items WHERE traceId IN (SELECT traceId FROM found) GROUP BY traceId)
      SELECT * FROM found JOIN counts USING (traceId)`,
    ofAnswer: ({ exemplars }) =>
      exemplars.map((each) => [
        Number(each.id),
        each.bucket,
        each.value,
        ...Object.values(each.trace),
      ]),
    ofRows: (found) =>
      found.map((each) => [
        Number(each.seq),
        each.bucket,
        each.value,
        each.spans,
        each.errors,
        each.logs,
      ]),
  },
];
