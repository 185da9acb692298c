// What one call costs its caller, beside the official SDK, in one process and one run: the median of
// nine rounds of each, and the ratio. `pnpm run build` first; machines differ, so take the ratio.
import { createRequire } from "node:module";
import { join } from "node:path";

const requireFromNode = createRequire(join(import.meta.dirname, "../packages/node/package.json"));
const Sentry = requireFromNode("@sentry/node-11");
const { init, metrics } = requireFromNode("./dist/index.cjs");

const ROUNDS = 9;
const CALLS = 10_000;

const dsn = "http://public@127.0.0.1:9/1";
const swallow = () => ({ send: async () => ({ statusCode: 200 }), flush: async () => true });
Sentry.init({ dsn, tracesSampleRate: 1, defaultIntegrations: false, transport: swallow });
// Large enough that no call is answered by "the queue is full".
init({ dsn, transport: swallow, maxQueueItems: 1e6, maxQueueBytes: 1e9 });

const options = () => ({
  unit: "millisecond",
  attributes: { route: "/checkout", method: "POST", status: 200 },
});
const cases = {
  "distribution, 3 attributes, in a span": (api, i) => api.distribution("q.duration", i, options()),
  "count, no attributes, in a span": (api) => api.count("q.count"),
};

async function nanoseconds(api, call) {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.hrtime.bigint();
    for (let i = 0; i < CALLS; i++) call(api, i);
    rounds.push(Number(process.hrtime.bigint() - start) / CALLS);
    // Flushes run between rounds and are not counted.
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return rounds.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)];
}

await Sentry.startSpan({ name: "bench" }, async () => {
  for (const [name, call] of Object.entries(cases)) {
    const official = await nanoseconds(Sentry.metrics, call);
    const ours = await nanoseconds(metrics, call);
    const ratio = (official / ours).toFixed(1);
    console.log(
      `${name.padEnd(40)} spanmeter ${ours.toFixed(0)} ns, @sentry/node ${official.toFixed(0)} ns, ${ratio} times less`,
    );
  }
});
process.exit();
