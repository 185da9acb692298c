// Measures the delay of an application's start: import and init in a fresh process.
import { seenBy } from "../harness/seen.mjs";

const start = {
  async spanmeter(dsn) {
    const { init, metrics, flush } = await import("../../packages/node/dist/index.js");
    init({ dsn });
    return { metrics, flush };
  },
  async "@sentry/node"(dsn) {
    const { Sentry } = await import("../peers/sentry-module.mjs");
    Sentry.init({ dsn, defaultIntegrations: false });
    return Sentry;
  },
  async OpenTelemetry() {
    const { MeterProvider } = await import("@opentelemetry/sdk-metrics");
    const counter = new MeterProvider().getMeter("bench").createCounter("email.sent");
    return { metrics: { count: () => counter.add(1) }, flush: async () => {} };
  },
};

export async function prepare(name, { sink }) {
  let sdk;
  return {
    async round() {
      const before = performance.now();
      sdk = await start[name](sink.dsn);
      return performance.now() - before;
    },
    async finish() {
      sdk.metrics.count("email.sent");
      await sdk.flush();
      const { metrics } = await seenBy(sink);
      return { recorded: 1, arrived: name === "OpenTelemetry" ? undefined : metrics };
    },
  };
}

export const rows = [
  {
    id: "cold-init",
    module: "cold-init",
    title: "cold start in node: import and `init`",
    unit: "ms",
    what: "time of `import` and `init` in a fresh process, `@sentry/node` with `defaultIntegrations: false`",
    peers: ["spanmeter", "@sentry/node", "OpenTelemetry"],
    options: {},
    fresh: true,
    rounds: 15,
    targets: [{ share: 1 / 5, of: "@sentry/node" }],
  },
];
