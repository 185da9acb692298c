import type { MetricList } from "../model/metric.js";
import {
  readMetricListQuestion,
  type MetricListOptions,
} from "../questions/lists/metric-list-question.js";
import { rangeSeconds } from "../questions/time-range.js";
import type { Store } from "../store/store.js";
import { shownRange } from "./shown-range.js";

/** Returns the stored metrics with their counts, bytes and course over the range. */
export async function metricList(
  store: Store,
  { options, nowNs }: { options: MetricListOptions; nowNs: bigint },
): Promise<MetricList> {
  const question = readMetricListQuestion(options, nowNs, await store.oldestMetricNs());
  const { metrics, total } = await store.listMetrics(question);
  const { range, spark } = question;
  const minutes = rangeSeconds(range) / 60;
  return {
    range: shownRange(range),
    ...(spark.buckets > 0 && { bucketSeconds: Number(spark.intervalNs) / 1e9 }),
    metrics: metrics.map((metric) => ({ ...metric, perMinute: metric.count / minutes })),
    total,
  };
}
