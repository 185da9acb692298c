import { errorsOf, serverSpanOf, slowestOf } from "./trace-facts.mjs";

/** Reads the failure that grew most, its newest sample, and the sample's trace. */
export async function readCase(get, metrics, after) {
  const find = (wanted) => metrics.find(({ name }) => name === wanted);
  const failed = find("checkout.failed");
  const grown = (group) => (group.after?.sum ?? 0) - (group.before?.sum ?? 0);
  const reason = failed?.groups.toSorted((one, other) => grown(other) - grown(one))[0];
  if (!reason) return {};
  const where = `${failed.by}=${reason.value}`;
  const found = await get("metrics/checkout.failed/samples", { ...after, where, limit: 1 });
  const sample = found?.samples[0];
  const trace = sample && (await get(`traces/${sample.traceId}`));
  if (!trace) return { reason, sample };
  const suspects = await readSuspects(get, find("checkout.started"), after);
  const queryOf = (name) => find("query.duration_ms")?.groups.find(({ value }) => value === name);
  const slowest = slowestOf(trace, (name) => queryOf(name)?.before?.p95);
  const query = queryOf(slowest?.name);
  return { reason, sample, trace, slowest, query, suspects, errors: errorsOf(trace) };
}

/** Reads how many checkouts failed, and of how many, for each value of their main attribute. */
async function readSuspects(get, started, after) {
  const { by } = started;
  const answer = await get("metrics/checkout.failed/table", { ...after, by, agg: "sum" });
  const failed = new Map(answer?.rows.map(({ group, values }) => [group[by], values.sum]));
  return started.groups
    .filter((group) => group.after)
    .map((group) => ({
      name: `${by}=${group.value}`,
      failed: failed.get(group.value) ?? 0,
      of: group.after.sum,
    }));
}

/** Reads one metric that a browser sent, and the server's span in its trace. */
export async function readBrowser(get) {
  const found = await get("metrics/api.request/samples", { where: "side=browser", limit: 1 });
  const browserSample = found?.samples[0];
  const trace = browserSample && (await get(`traces/${browserSample.traceId}`));
  return { browserSample, browserServerSpan: trace && serverSpanOf(trace) };
}
