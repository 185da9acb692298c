import { EXPECTED } from "./expected.mjs";
import { readBilledBytes } from "./billed-bytes.mjs";
import { createExplorerApi } from "./explorer-api.mjs";
import { readBrowser, readCase } from "./failed-case.mjs";

const AGGREGATIONS = {
  counter: ["sum", "per_minute"],
  gauge: ["avg", "min", "max", "last"],
  distribution: ["sum", "per_minute", "p50", "p95", "p99", "count"],
};

/** The metric that the shop keeps in reservoirs. */
export const SAVED = "query.duration_ms";

/**
 * Reads everything in the report from the explorer, and from the shop, if there is one, the billed bytes. `before` and `after` are `{ since, until }` in seconds
 * since the epoch. Missing parts are `undefined`.
 */
export async function investigate({ explorerUrl, shopUrl, before, after }) {
  const get = createExplorerApi(explorerUrl);
  const { metrics: received } = await get("metrics");
  const metrics = [];
  for (const [name, by] of Object.entries(EXPECTED)) {
    const known = received.find((metric) => metric.name === name);
    if (known) metrics.push(await describeMetric(get, { ...known, by, before, after }));
  }
  return {
    metrics,
    refused: received.filter(({ dropped, changed }) => dropped > 0 || changed > 0),
    bytes: shopUrl && (await readBilledBytes(shopUrl, SAVED)),
    timeline: await readTimeline(get, { since: before.since, until: after.until }),
    ...(await readCase(get, metrics, after)),
    ...(await readBrowser(get)),
  };
}

async function describeMetric(get, { name, type, unit, by, before, after }) {
  const query = async (window, keys) => {
    const agg = AGGREGATIONS[type];
    const answer = await get(`metrics/${name}/table`, { ...window, agg, by: keys, type, unit });
    return (answer?.rows ?? []).filter(({ samples }) => samples > 0);
  };
  const [whole, wholeAfter] = [await query(before), await query(after)];
  return {
    name,
    type,
    unit,
    before: whole[0]?.values,
    after: wholeAfter[0]?.values,
    /** How many metrics were sent; their weights say how many calls they stand for. */
    items: (whole[0]?.samples ?? 0) + (wholeAfter[0]?.samples ?? 0),
    by,
    groups: by ? joinGroups(by, await query(before, by), await query(after, by)) : [],
    trace: await traceOfNewest(get, name),
  };
}

/** Returns an entry for each value of the attribute, with its aggregates before and after. */
function joinGroups(by, before, after) {
  const values = new Set([...before, ...after].map(({ group }) => group[by]));
  const of = (rows, value) => rows.find(({ group }) => group[by] === value)?.values;
  return [...values]
    .filter((value) => value !== null)
    .map((value) => ({ value, before: of(before, value), after: of(after, value) }));
}

async function traceOfNewest(get, name) {
  const [sample] = (await get(`metrics/${name}/samples`, { limit: 1 }))?.samples ?? [];
  return sample && get(`traces/${sample.traceId}`);
}

/** Reads started and failed checkouts per second. */
async function readTimeline(get, window) {
  const perSecond = async (name) => {
    const answer = await get(`metrics/${name}/series`, { ...window, agg: "sum", interval: "1s" });
    const [series] = answer?.series ?? [];
    const seconds = (answer?.times ?? []).map((time, index) => [time, series.values.sum[index]]);
    return new Map(seconds.filter((_, index) => series.samples[index] > 0));
  };
  const [started, failed] = [
    await perSecond("checkout.started"),
    await perSecond("checkout.failed"),
  ];
  const seconds = [...started.keys(), ...failed.keys()];
  const timeline = [];
  for (let second = Math.min(...seconds); second <= Math.max(...seconds); second++)
    timeline.push({ second, started: started.get(second) ?? 0, failed: failed.get(second) ?? 0 });
  return timeline;
}
