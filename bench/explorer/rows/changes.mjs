// The values of all attributes.
import { METRIC } from "../items.mjs";
import { metricItems } from "./reference-sql.mjs";

const LEAST = 1000;

const ENTRIES = "unnest(map_entries(CAST(attributes AS MAP(VARCHAR, JSON)))) AS entry";
const VALUE = "entry.key AS key, json_extract_string(entry.value, '$') AS value";

export const rows = [
  {
    id: "attributes",
    title: "all keys of a metric with their ten most frequent values",
    ask: (queries, { range }) => queries.attributes(METRIC, range),
    sql: (data) => `
      WITH entries AS (SELECT ${ENTRIES} FROM items WHERE ${metricItems(data)}),
      counted AS (SELECT ${VALUE}, count(*)::INTEGER AS items FROM entries GROUP BY ALL)
      SELECT key, sum(items)::INTEGER AS items, count(*)::INTEGER AS different, list(items ORDER BY items DESC)[1:10] AS top
      FROM counted GROUP BY key`,
    ofAnswer: (keys) =>
      keys.map((each) => [
        each.key,
        each.items,
        each.distinct,
        ...each.top.map(({ count }) => count),
      ]),
    ofRows: (keys) => keys.map((each) => [each.key, each.items, each.different, ...each.top]),
  },
  {
    id: "changes",
    title: "what is different about a selection: all values of all keys beside those of the rest",
    research: "384",
    ask: (queries, { range }) => queries.changes(METRIC, { box: { ...range, min: LEAST } }),
    sql: (data) => `
      WITH chosen AS (SELECT attributes, value >= ${LEAST} AS isInside FROM items WHERE ${metricItems(data)}),
      entries AS (SELECT isInside, ${ENTRIES} FROM chosen)
      SELECT ${VALUE}, (count(*) FILTER (isInside))::INTEGER AS inside,
             (count(*) FILTER (NOT isInside))::INTEGER AS outside FROM entries GROUP BY ALL`,
    // The explorer counts a part of more than 50 000 items, and then only the numbers of both sides can be compared.
    ofAnswer: ({ selection, baseline, changes, sampled }) => [
      [selection.items, baseline.items],
      ...(sampled === undefined ? [[changes[0].items.inside, changes[0].items.outside]] : []),
    ],
    ofRows(found, { sampled }) {
      const plans = found.filter(({ key }) => key === "plan");
      const sum = (side) => plans.reduce((all, each) => all + each[side], 0);
      const slow = found.find(({ key, value }) => key === "provider" && value === "p0");
      return [
        [sum("inside"), sum("outside")],
        ...(sampled === undefined ? [[slow.inside, slow.outside]] : []),
      ];
    },
  },
];
