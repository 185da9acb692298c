// Measures the cost of one call for its caller, in one process: `Sentry.metrics` with Sentry alone, with the
// integration, and Spanmeter's own `metrics` beside it. The workload is that of bench.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { metricsIn } from "../../bench/peers/envelopes.mjs";
import { attributeSets, BLOCK, valueOf } from "../../bench/workload.mjs";
import { median } from "../../bench/harness/statistics.mjs";

const root = join(import.meta.dirname, "../..");
const WARM_UP = 8;
const ROUNDS = 60;
const BLOCKS = 10;

/** Creates a transport that answers immediately, and counts metrics outside of the calls that are measured. */
function createSink(Sentry) {
  const bodies = [];
  const sink = { arrived: 0 };
  sink.transport = (options) =>
    Sentry.createTransport(options, async ({ body }) => {
      // Bytes may be written over after the answer.
      bodies.push(typeof body === "string" ? body : Buffer.from(body));
      return { statusCode: 200 };
    });
  sink.count = () => {
    for (const body of bodies.splice(0)) sink.arrived += metricsIn(body).length;
  };
  return sink;
}

/** The options of a Sentry client, with Spanmeter behind its metrics or without. */
const optionsOf = (sink, integrations) => ({
  dsn: "http://public@127.0.0.1:9/1",
  tracesSampleRate: 1,
  defaultIntegrations: false,
  integrations,
  transport: sink.transport,
});

/** Opens a client with Sentry alone, and a second one with Spanmeter behind its metrics. */
function openClients(Sentry, integration) {
  const [plainSink, behindSink] = [createSink(Sentry), createSink(Sentry)];
  const plain = Sentry.init(optionsOf(plainSink, []));
  // A second `init` would warn of two clients.
  const behind = new Sentry.NodeClient({
    ...optionsOf(behindSink, [integration]),
    stackParser: Sentry.defaultStackParser,
  });
  behind.init();
  return [
    { client: plain, sink: plainSink },
    { client: behind, sink: behindSink },
  ];
}

/** Measures all variants in turns. Resolves to rows `{ call, nanoseconds, ratio }`; rejects if a metric does not arrive. */
export async function measureCosts() {
  const load = createRequire(join(root, "packages/node/package.json"));
  const Sentry = load("@sentry/node-11");
  const { metrics, spanmeterIntegration } = await import(
    pathToFileURL(join(root, "packages/node/dist/sentry.js")).href
  );
  const integration = spanmeterIntegration({ shutdown: { spool: false } });
  const [plain, behind] = openClients(Sentry, integration);
  const variants = [
    { call: "`Sentry.metrics`, Sentry alone", verbs: Sentry.metrics, ...plain },
    { call: "`Sentry.metrics`, with `spanmeterIntegration()`", verbs: Sentry.metrics, ...behind },
    { call: "`metrics` of `@spanmeter/node/sentry`", verbs: metrics, ...behind },
  ].map((variant) => ({ ...variant, recorded: 0, rounds: [] }));

  async function measureRound(variant) {
    const { verbs, client, sink } = variant;
    const attributes = attributeSets.three;
    Sentry.getCurrentScope().setClient(client);
    let nanoseconds = 0;
    for (let block = 0; block < BLOCKS; block++) {
      nanoseconds += Sentry.startSpan({ name: "block" }, () => {
        const start = process.hrtime.bigint();
        for (let i = 0; i < BLOCK; i++)
          verbs.distribution("query.duration", valueOf(i), {
            unit: "millisecond",
            attributes: attributes(i),
          });
        return Number(process.hrtime.bigint() - start);
      });
      variant.recorded += BLOCK;
      await client.flush();
      sink.count();
    }
    return nanoseconds / (BLOCKS * BLOCK);
  }

  for (let round = 0; round < WARM_UP + ROUNDS; round++)
    for (const [place] of variants.entries()) {
      // None of them always follows the same one, whose garbage it would collect.
      const variant = variants[(round + place * (round % 2 ? 1 : 2)) % variants.length];
      const nanoseconds = await measureRound(variant);
      if (round >= WARM_UP) variant.rounds.push(nanoseconds);
    }
  for (const { sink } of [plain, behind]) {
    const recorded = variants.reduce(
      (sum, each) => sum + (each.sink === sink ? each.recorded : 0),
      0,
    );
    if (sink.arrived !== recorded)
      throw new Error(`${recorded} metrics were recorded, and ${sink.arrived} arrived`);
  }
  const [{ rounds: base }] = variants;
  return variants.map(({ call, rounds }) => ({
    call,
    nanoseconds: median(rounds),
    // Round by round, so that the load of the machine cancels out.
    ratio: median(rounds.map((nanoseconds, round) => nanoseconds / base[round])),
  }));
}
