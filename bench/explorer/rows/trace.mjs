// One trace.

/** Spans by their id, with their duration. */
const durations = (spans) => spans.map(({ spanId, durationMs }) => [spanId, durationMs]);
const ms = (ns) => (ns === null ? undefined : Number(ns) / 1e6);

export const rows = [
  {
    id: "trace",
    title: "one trace",
    research: "33",
    ask: (queries, { traceId }) => queries.trace(traceId),
    sql: ({ traceId }) => `SELECT * FROM items WHERE traceId = '${traceId}' ORDER BY timeNs, seq`,
    ofAnswer: ({ spans }) => durations(spans.map(({ span }) => span)),
    ofRows: (items) =>
      durations(
        items
          .filter(({ kind }) => kind === "span")
          .map((span) => ({ ...span, durationMs: ms(span.durationNs) })),
      ),
  },
  {
    id: "waterfall",
    title: "one trace beside the typical self times of 200 with the same root",
    ask: (queries, { traceId }) => queries.tracePage(traceId),
    sql: ({ traceId }) => `
      WITH spans AS (SELECT traceId, spanId, parentSpanId, op, name, timeNs, durationNs FROM items WHERE kind = 'span'),
      own AS (SELECT * FROM spans WHERE traceId = '${traceId}'),
      same AS (SELECT traceId FROM spans WHERE parentSpanId IS NULL AND traceId <> '${traceId}'
               AND (op, name) = (SELECT (op, name) FROM own WHERE parentSpanId IS NULL) ORDER BY timeNs DESC LIMIT 200),
      few AS (SELECT * FROM spans WHERE traceId IN (SELECT traceId FROM same)),
      children AS (SELECT traceId, parentSpanId AS spanId, sum(durationNs) AS ns FROM few GROUP BY ALL),
      typical AS (SELECT op, name, quantile_disc(durationNs - coalesce(ns, 0), 0.5) AS selfNs
                  FROM few LEFT JOIN children USING (traceId, spanId) GROUP BY op, name)
      SELECT items.* EXCLUDE (attributes, detail, notes), selfNs
      FROM items LEFT JOIN typical ON (items.op, items.name) = (typical.op, typical.name)
      WHERE traceId = '${traceId}' ORDER BY timeNs, seq`,
    ofAnswer: ({ spans }) => spans.map((span) => [span.spanId, span.durationMs, span.typicalMs]),
    ofRows: (items) =>
      items
        .filter(({ kind }) => kind === "span")
        .map((span) => [span.spanId, ms(span.durationNs), ms(span.selfNs)]),
  },
];
