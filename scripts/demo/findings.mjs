import { createExplorerApi } from "./explorer-api.mjs";
import { errorsOf, serverSpanOf, slowestOf } from "./trace-facts.mjs";

/** The metrics that the shop is expected to send, and the attribute that tells most about each. */
export const EXPECTED = {
  "checkout.started": undefined,
  "checkout.failed": "reason",
  "payment.declined": "brand",
  "refund.issued": "reason",
  "email.sent": "template",
  "email.failed": "smtp_code",
  "job.processed": "outcome",
  "job.retried": "attempt",
  "search.zero_results": undefined,
  "feature.enabled": "flag",
  "queue.depth": undefined,
  "pool.in_use": undefined,
  "cache.hit_rate": undefined,
  "memory.usage": "kind",
  "cart.amount_usd": undefined,
  "file.size_bytes": undefined,
  "query.duration_ms": "query",
  "api.request": "side",
};

/** Told by timers, not by visitors: their trace is the process's own and has no spans. */
export const OUTSIDE_REQUESTS = new Set(["memory.usage", "cache.hit_rate"]);

const AGGREGATIONS = {
  counter: ["sum", "per_minute"],
  gauge: ["avg", "min", "max", "last"],
  distribution: ["sum", "per_minute", "p50", "p95", "p99"],
};

/**
 * Everything the report says, read from the explorer: `before` and `after` are `{ since, until }` in
 * seconds since the epoch. What is not there is `undefined`.
 */
export async function investigate({ explorerUrl, before, after }) {
  const get = createExplorerApi(explorerUrl);
  const { metrics: received } = await get("metrics");
  const metrics = [];
  for (const [name, by] of Object.entries(EXPECTED)) {
    const known = received.find((metric) => metric.name === name);
    if (known) metrics.push(await describeMetric(get, { ...known, by, before, after }));
  }
  const failed = metrics.find(({ name }) => name === "checkout.failed");
  return {
    metrics,
    refused: received.filter(({ dropped, changed }) => dropped > 0 || changed > 0),
    timeline: await readTimeline(get, { since: before.since, until: after.until }),
    ...(await readCase(get, failed, after)),
    ...(await readBrowser(get)),
  };
}

async function describeMetric(get, { name, type, unit, by, before, after }) {
  const ask = async (window, keys) => {
    const agg = AGGREGATIONS[type];
    const answer = await get(`metrics/${name}/query`, { ...window, agg, by: keys, type, unit });
    return answer?.rows ?? [];
  };
  const [whole, wholeAfter] = [await ask(before), await ask(after)];
  return {
    name,
    type,
    unit,
    before: whole[0]?.values,
    after: wholeAfter[0]?.values,
    by,
    groups: by ? joinGroups(by, await ask(before, by), await ask(after, by)) : [],
    trace: await traceOfNewest(get, name),
  };
}

/** One entry for each value of the attribute, with what it was before and after. */
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

/** Checkouts second by second: how many began, and how many of them failed. */
async function readTimeline(get, window) {
  const perSecond = async (name) => {
    const answer = await get(`metrics/${name}/query`, { ...window, agg: "sum", interval: "1s" });
    return new Map((answer?.rows ?? []).map(({ time, values }) => [secondOf(time), values.sum]));
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

const secondOf = (time) => Math.floor(Date.parse(time) / 1000);

/** The failure that grew most, its newest sample, and all that happened in the sample's trace. */
async function readCase(get, failed, after) {
  const grown = (group) => (group.after?.sum ?? 0) - (group.before?.sum ?? 0);
  const group = failed?.groups.toSorted((one, other) => grown(other) - grown(one))[0];
  if (!group) return {};
  const where = `${failed.by}=${group.value}`;
  const found = await get("metrics/checkout.failed/samples", { ...after, where, limit: 1 });
  const sample = found?.samples[0];
  const trace = sample && (await get(`traces/${sample.traceId}`));
  if (!trace) return { sample };
  return { sample, trace, slowest: slowestOf(trace), errors: errorsOf(trace) };
}

/** One metric that a browser sent, and the server's span in the same trace. */
async function readBrowser(get) {
  const found = await get("metrics/api.request/samples", { where: "side=browser", limit: 1 });
  const browserSample = found?.samples[0];
  const trace = browserSample && (await get(`traces/${browserSample.traceId}`));
  return { browserSample, browserServerSpan: trace && serverSpanOf(trace) };
}
