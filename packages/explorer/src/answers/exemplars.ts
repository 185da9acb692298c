import type { Exemplar, Exemplars } from "../model/exemplar.js";
import { isoTime } from "../model/iso-time.js";
import {
  readPer,
  readSeriesQuestion,
  type SeriesOptions,
} from "../questions/series/series-question.js";
import type { GroupKey, Store, StoredExemplar } from "../store/store.js";
import { findMetric } from "./metric-identity.js";
import { rankGroups } from "./series.js";

/** Options of `queries.exemplars`: those of `series`, so that both answers fit each other. */
export interface ExemplarOptions extends SeriesOptions {
  /**
   * Most exemplars of a bucket, from 1 to 3.
   * @default 3
   */
  per?: number | undefined;
}

/** Returns single items that show what each bucket of a chart consists of. Rejects with a `QueryError` when there is no answer. */
export async function exemplars(
  store: Store,
  name: string,
  { options, nowNs }: { options: ExemplarOptions; nowNs: bigint },
): Promise<Exemplars> {
  const metric = await findMetric(store, name, options);
  const question = readSeriesQuestion(metric, options, nowNs);
  const per = readPer(options.per);
  const { groups } = await rankGroups(store, question);
  const stored = await store.exemplars({ ...question, per }, groups);
  return { metric, exemplars: stored.map((each) => present(each, question.by, groups)) };
}

function present(
  stored: StoredExemplar,
  by: readonly string[],
  groups: readonly GroupKey[],
): Exemplar {
  const { seq, timeNs, bucket, series, value, traceId, spanId, why, trace } = stored;
  const group = groups[series];
  return {
    id: String(seq),
    time: isoTime(timeNs),
    bucket,
    value,
    ...(traceId !== null && { traceId }),
    ...(spanId !== null && { spanId }),
    ...(group && {
      group: Object.fromEntries(by.map((key, index) => [key, group[index] ?? null])),
    }),
    why,
    trace,
  };
}
