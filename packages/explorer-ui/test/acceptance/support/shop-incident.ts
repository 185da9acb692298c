import type { Items, Json } from "./envelopes.js";
import { createRandom } from "./random.js";
import { metricItem, type Metric } from "./sent-metric.js";
import { addRequest } from "./shop-request.js";

/** A shop of which one payment provider becomes slow. */
export interface Shop {
  readonly items: Items;
  readonly metrics: readonly Metric[];
  /** All times, in seconds since the epoch. */
  readonly since: number;
  readonly until: number;
  /** From then on the database is slow for `provider=acme`, and the release is another one. */
  readonly incidentAt: number;
  /** No request comes in this minute. */
  readonly silence: { readonly since: number; readonly until: number };
}

const SECONDS = 900;
const PER_SECOND = 2;

/** The traffic of fifteen minutes that end at `until`, equal for an equal seed. */
export function shopIncident(until: number, { seed = 1, isQuiet = false } = {}): Shop {
  const random = createRandom(seed);
  const since = until - SECONDS;
  const incidentAt = until - 300;
  const silence = { since: since + 180, until: since + 240 };
  const all = {
    metrics: [] as Metric[],
    spans: [] as Json[],
    logs: [] as Json[],
    events: [] as Json[],
  };
  for (let index = 0; index < SECONDS * PER_SECOND; index++) {
    const at = since + index / PER_SECOND;
    if (at >= silence.since && at < silence.until) continue;
    // Exact in binary, so that nothing is rounded on its way.
    addRequest(all, random, {
      at: at + Math.floor(random.next() * 256) / 1024,
      incidentAt,
      isQuiet,
    });
  }
  return {
    items: {
      trace_metric: all.metrics.map(metricItem),
      span: all.spans,
      log: all.logs,
      event: all.events,
    },
    metrics: all.metrics,
    since,
    until,
    incidentAt,
    silence,
  };
}
