import type { Aggregation } from "../model/aggregation.js";
import type { MetricType } from "../model/metric.js";
import type { Move, Mover, Movers } from "../model/movers.js";
import {
  readMoversQuestion,
  type Comparison,
  type MoversOptions,
} from "../questions/lists/movers-question.js";
import type { StoredMovement } from "../store/stored-movement.js";
import type { Store } from "../store/store.js";
import { scoreMovement } from "./movement-score.js";
import { callsOf, valuesOf, type Course } from "./movement-courses.js";
import { shownRange } from "./shown-range.js";

/** The aggregation that shows best how a metric of each type moves. */
const AGGREGATIONS: Readonly<Record<MetricType, Aggregation>> = {
  counter: "per_minute",
  gauge: "avg",
  distribution: "p95",
};

/** With fewer items the 95th percentile is the greatest value, which grows with their number. */
const LEAST_OF_DISTRIBUTION = 30;

/** Returns the metrics whose values differ most from those of the range before. */
export async function movers(
  store: Store,
  { options, nowNs }: { options: MoversOptions; nowNs: bigint },
): Promise<Movers> {
  const question = readMoversQuestion(options, nowNs, await store.oldestMetricNs());
  const { comparison, limit, range, intervalNs } = question;
  const compared = comparison ? await store.movements(comparison) : [];
  const moved = compared
    .flatMap((stored) => (comparison && moverOf(stored, comparison)) ?? [])
    .sort((one, other) => other.score - one.score);
  return {
    range: shownRange(range),
    earlier: comparison ? shownRange(comparison.earlier) : null,
    bucketSeconds: Number(intervalNs) / 1e9,
    movers: moved.slice(0, limit),
    total: { moved: moved.length, compared: compared.length },
  };
}

function moverOf(stored: StoredMovement, comparison: Comparison): Mover | undefined {
  const { name, type, unit, isKnown } = stored;
  const course = valuesOf(stored, comparison);
  const move = moveOf(stored, course);
  const score = scoreOf(move, stored, comparison);
  if (score === 0 && (move !== "new" || isKnown)) return undefined;
  const { before, now, spark } = course;
  return {
    name,
    type,
    unit,
    move,
    aggregation: AGGREGATIONS[type],
    before,
    now,
    ratio: ratioOf(before, now),
    difference: before === null || now === null ? null : now - before,
    score,
    samples: { before: stored.before?.samples ?? 0, now: stored.now?.samples ?? 0 },
    spark,
  };
}

function moveOf(stored: StoredMovement, { before, now }: Course): Move {
  if (stored.before === undefined) return "new";
  if (stored.now === undefined) return "silent";
  return (now ?? 0) < (before ?? 0) ? "fell" : "rose";
}

/** The values of a range without items cannot be compared, but their number can. */
function scoreOf(move: Move, stored: StoredMovement, comparison: Comparison): number {
  if (move === "new" || move === "silent")
    return scoreMovement(callsOf(stored, comparison).movement);
  const samples = [stored.before, stored.now].map((each) => each?.samples ?? 0);
  const least = stored.type === "distribution" ? LEAST_OF_DISTRIBUTION : 1;
  if (Math.min(...samples) < least) return 0;
  return scoreMovement(valuesOf(stored, comparison).movement);
}

function ratioOf(before: number | null, now: number | null): number | null {
  if (before === null || now === null || before === 0) return null;
  const ratio = now / before;
  return ratio >= 0 && Number.isFinite(ratio) ? ratio : null;
}
