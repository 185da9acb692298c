import type { MetricIdentity } from "../model/metric.js";
import { chooseMetric, type IdentityOptions } from "../questions/metric-choice.js";
import { readMetricType } from "../questions/metric-type.js";
import { notFound, type QueryError } from "../questions/query-error.js";
import type { Store } from "../store/store.js";

const MAX_HINTS = 3;

/** Finds the metric with this name. Rejects with a `QueryError` when there is none, or more than one. */
export async function findMetric(
  store: Store,
  name: string,
  options: IdentityOptions,
): Promise<MetricIdentity> {
  if (options.type !== undefined) readMetricType(options.type);
  return chooseMetric(name, await requireAccepted(store, name), options);
}

/** Returns each type and unit of the accepted metrics with this name. Rejects with a `QueryError` when there is none. */
export async function requireAccepted(store: Store, name: string): Promise<MetricIdentity[]> {
  const known = await store.findMetrics(name);
  if (known.length === 0) throw await unknownMetric(store, name);
  return known;
}

/** Rejects with a `QueryError` when a name is given, but no metric with it is stored, not even a dropped one. */
export async function requireStored(store: Store, name: string | undefined): Promise<void> {
  if (name !== undefined && (await store.countMetrics(name)) === 0)
    throw await unknownMetric(store, name);
}

/** Creates the error for a name without accepted metrics: most often it is mistyped, or Sentry would drop the metrics. */
async function unknownMetric(store: Store, name: string): Promise<QueryError> {
  const dropped = await store.countMetrics(name);
  if (dropped > 0) {
    return notFound(
      `All ${dropped} metrics named "${name}" were dropped; look at the samples with verdict dropped for the reasons`,
    );
  }
  const similar = await store.similarNames(name, MAX_HINTS);
  const hint = similar.map((each) => `"${each}"`).join(" or ");
  return notFound(`No metric named "${name}" was received.${hint && ` Did you mean ${hint}?`}`);
}
