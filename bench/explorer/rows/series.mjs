// A percentile over time: every value counts as often as its weight says, and none is estimated.
import { METRIC } from "../items.mjs";
import { bucket, metricItems, P95, ranked } from "./reference-sql.mjs";

/** Each bucket of each series that has items, and the whole range of each: group, place, percentile, items. */
const drawn = ({ series }) =>
  series.flatMap(({ group, values, samples, total }) => {
    const route = group?.route ?? "";
    const items = samples.reduce((sum, each) => sum + each, 0);
    return [
      [route, "whole", total.p95, items],
      ...samples.flatMap((count, place) =>
        count > 0 ? [[route, place, values.p95[place], count]] : [],
      ),
    ];
  });

const drawnRows = (rows) =>
  rows.map((row) => [row.route ?? "", row.bucket ?? "whole", row.p95, row.items]);

const ROUTE = "json_extract_string(attributes, '$.route') AS route";

/** The percentile of each bucket and of the whole range, from items with a `route`, which may be null. */
const course = (items) => `
  SELECT route, bucket, ${P95} AS p95, count(*)::INTEGER AS items
  FROM (${ranked("route, bucket", items)}) GROUP BY route, bucket
  UNION ALL
  SELECT route, NULL, ${P95}, count(*)::INTEGER FROM (${ranked("route", items)}) GROUP BY route`;

const byRoute = (data) =>
  `SELECT ${bucket(data)}, ${ROUTE}, value, weight FROM items WHERE ${metricItems(data)}`;

export const rows = [
  {
    id: "p95",
    title: "p95 in 120 buckets and of the whole hour",
    research: "216-421",
    ask: (queries, { range }) => queries.series(METRIC, { ...range, aggregations: ["p95"] }),
    sql: (data) => `
      WITH chosen AS (SELECT ${bucket(data)}, NULL AS route, value, weight FROM items WHERE ${metricItems(data)})
      ${course("chosen")}`,
    ofAnswer: drawn,
    ofRows: drawnRows,
  },
  {
    id: "routes",
    title: "the same by 40 routes",
    research: "404-750",
    ask: (queries, { range }) =>
      queries.series(METRIC, { ...range, aggregations: ["p95"], by: ["route"], top: 40 }),
    sql: (data) => `WITH chosen AS (${byRoute(data)}) ${course("chosen")}`,
    ofAnswer: drawn,
    ofRows: drawnRows,
  },
  {
    id: "top",
    title: "the same of the 8 slowest routes, and of the others together",
    research: "222-650",
    ask: (queries, { range }) =>
      queries.series(METRIC, { ...range, aggregations: ["p95"], by: ["route"], top: 8 }),
    sql: (data) => `
      WITH chosen AS (${byRoute(data)}),
      slowest AS (SELECT route FROM (${ranked("route", "chosen")}) GROUP BY route ORDER BY ${P95} DESC, route LIMIT 8),
      labelled AS (SELECT bucket, slowest.route, value, weight FROM chosen LEFT JOIN slowest USING (route))
      ${course("labelled")}`,
    ofAnswer: drawn,
    ofRows: drawnRows,
  },
];
