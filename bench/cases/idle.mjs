// Measures the cost of a call that is not recorded, above that of an empty loop with an empty function.
import { openPeer } from "../peers/index.mjs";

const CALLS = 50_000;
const RUNS = 10;
const OPTIONS = { unit: "millisecond", attributes: { route: "/cart", method: "GET", status: 200 } };
const nothing = { distribution() {} };

/** Returns the minimum of several runs: other work of the machine only adds to such a short loop. */
function fastest(api) {
  let shortest = Infinity;
  for (let run = 0; run < RUNS; run++) shortest = Math.min(shortest, nanoseconds(api));
  return shortest;
}

function nanoseconds(api) {
  const start = process.hrtime.bigint();
  for (let i = 0; i < CALLS; i++) api.distribution("query.duration", i, OPTIONS);
  return Number(process.hrtime.bigint() - start) / CALLS;
}

async function apiOf(name, off) {
  if (name === "@sentry/node") return (await import("../peers/sentry-module.mjs")).Sentry.metrics;
  const { metrics } = await import("../peers/spanmeter.mjs");
  if (off) await openPeer(name, { init: { enableMetrics: false } });
  return metrics;
}

export async function prepare(name, { off, buffered }) {
  const api = await apiOf(name, off);
  return {
    round: async () => Math.max(0, fastest(api) - fastest(nothing)),
    async finish() {
      // Shows that the measured function records once there is a client.
      const peer = await openPeer(name, {});
      peer.count();
      await peer.flush();
      return { recorded: (buffered?.[name] ?? 0) + 1, arrived: await peer.arrived() };
    },
  };
}

export const rows = [
  {
    id: "before-init",
    module: "idle",
    title: "a `distribution` before `init`",
    unit: "ns",
    what: "wall time above that of an empty loop, the minimum of 10 runs each; Spanmeter buffers the first 100 of these calls for `init` and counts the others",
    peers: ["spanmeter", "@sentry/node"],
    options: { buffered: { spanmeter: 100 } },
    targets: [{ atMost: 10 }],
  },
  {
    id: "off",
    module: "idle",
    title: "a `distribution` with `enableMetrics: false`",
    unit: "ns",
    what: "wall time above that of an empty loop, the minimum of 10 runs each (`@sentry/node` 11 has no such option)",
    peers: ["spanmeter"],
    options: { off: true },
    targets: [{ atMost: 10 }],
  },
];
