import type { StoreQuestions } from "../../store.js";
import type { TypicalTime } from "../../stored-trace.js";
import type { Select } from "./select.js";
import { ROOT_FIRST, SHORT_NAME, SPAN } from "./trace-sql.js";

/** Newest traces with the same root. */
const MAX_TRACES = 200;
/** Spans of these traces; the trace that exceeds it is the last one. */
const MAX_SPANS = 100_000;

/** The key of the spans that are compared. */
const SAME = (one: string, other: string): string =>
  `${one}.op IS NOT DISTINCT FROM ${other}.op AND ${one}.name = ${other}.name`;

/**
 * Creates the function that returns the median self time of spans like those of a trace. Self time is the duration of a span
 * without the union of its children's times inside it: `reachedNs` is the end of the children that began before.
 */
export const createTypicalTimes = (select: Select): StoreQuestions["typicalTimes"] =>
  async function typicalTimes(traceId) {
    const times = await select<TypicalTime & { traces: number; wholeNs: bigint }>(
      `WITH own AS (SELECT op, ${SHORT_NAME} AS name, row_number() OVER (ORDER BY ${ROOT_FIRST}) AS place
                    FROM items WHERE traceId = $1 AND ${SPAN}),
       root AS (SELECT op, name FROM own WHERE place = 1),
       kinds AS (SELECT DISTINCT op, name FROM own),
       spans AS (SELECT traceId, seq, spanId, parentSpanId, op, ${SHORT_NAME} AS name, timeNs, durationNs
                 FROM items WHERE ${SPAN} AND traceId <> $1),
       candidates AS (SELECT DISTINCT traceId FROM spans JOIN root ON ${SAME("spans", "root")}),
       traces AS (SELECT traceId, min(timeNs) AS startNs, max(timeNs::HUGEINT + durationNs) AS endNs, count(*) AS spans,
                         arg_min({op: op, name: name}, {hasParent: parentSpanId IS NOT NULL, timeNs: timeNs, shorter: -durationNs, seq: seq}) AS first
                  FROM spans WHERE traceId IN (SELECT traceId FROM candidates) GROUP BY traceId),
       newest AS (SELECT traces.* FROM traces JOIN root ON ${SAME("traces.first", "root")}
                  ORDER BY startNs DESC, traceId LIMIT ${MAX_TRACES}),
       few AS (SELECT traceId, endNs - startNs AS wholeNs FROM newest
               QUALIFY sum(spans) OVER (ORDER BY startNs DESC, traceId ROWS UNBOUNDED PRECEDING) - spans < ${MAX_SPANS}),
       timed AS (SELECT *, timeNs AS beginNs, timeNs::HUGEINT + durationNs AS endNs
                 FROM spans WHERE traceId IN (SELECT traceId FROM few)
                 QUALIFY row_number() OVER (PARTITION BY traceId, spanId ORDER BY timeNs DESC, seq DESC) = 1),
       inside AS (SELECT parent.traceId, parent.spanId, greatest(child.beginNs, parent.beginNs) AS beginNs,
                         least(child.endNs, parent.endNs) AS endNs
                  FROM timed AS child JOIN timed AS parent
                  ON child.traceId = parent.traceId AND child.parentSpanId = parent.spanId AND child.spanId <> parent.spanId),
       reached AS (SELECT *, max(endNs) OVER (PARTITION BY traceId, spanId ORDER BY beginNs, endNs
                                              ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reachedNs
                   FROM inside WHERE endNs > beginNs),
       covered AS (SELECT traceId, spanId, sum(greatest(0, endNs - greatest(beginNs, coalesce(reachedNs, beginNs)))) AS ns
                   FROM reached GROUP BY traceId, spanId),
       selves AS (SELECT op, name, endNs - beginNs - coalesce(ns, 0) AS selfNs FROM timed LEFT JOIN covered USING (traceId, spanId))
       SELECT kinds.op, kinds.name, quantile_disc(selfNs, 0.5) AS selfNs, count(*)::INTEGER AS spans,
              (SELECT count(*) FROM few)::INTEGER AS traces, (SELECT quantile_disc(wholeNs, 0.5) FROM few) AS wholeNs
       FROM selves JOIN kinds ON ${SAME("selves", "kinds")} GROUP BY kinds.op, kinds.name`,
      [traceId],
    );
    const [first] = times;
    return first && { traces: first.traces, durationNs: first.wholeNs, times };
  };
