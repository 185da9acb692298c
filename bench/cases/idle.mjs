// What a call costs when nobody listens, above an empty loop that calls a function doing nothing.
import { openPeer } from "../peers/index.mjs";

const CALLS = 50_000;
const RUNS = 10;
const OPTIONS = { unit: "millisecond", attributes: { route: "/cart", method: "GET", status: 200 } };
const nothing = { distribution() {} };

/** The least of several runs: whatever else the machine does can only add to a loop as short as this. */
function least(api) {
  let found = Infinity;
  for (let run = 0; run < RUNS; run++) found = Math.min(found, nanoseconds(api));
  return found;
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

export async function prepare(name, { off, kept }) {
  const api = await apiOf(name, off);
  return {
    round: async () => Math.max(0, least(api) - least(nothing)),
    async finish() {
      // The same function records once there is a client: nobody timed a dead end.
      const peer = await openPeer(name, {});
      peer.count();
      await peer.flush();
      return { recorded: (kept?.[name] ?? 0) + 1, arrived: await peer.arrived() };
    },
  };
}

export const rows = [
  {
    id: "before-init",
    module: "idle",
    title: "a `distribution` before `init`",
    unit: "ns",
    what: "wall time above that of an empty loop, the least of 10 runs each; Spanmeter keeps the first 100 of these calls for the client to come and counts the others",
    peers: ["spanmeter", "@sentry/node"],
    options: { kept: { spanmeter: 100 } },
    targets: [{ atMost: 10 }],
  },
  {
    id: "off",
    module: "idle",
    title: "a `distribution` with `enableMetrics: false`",
    unit: "ns",
    what: "wall time above that of an empty loop, the least of 10 runs each (`@sentry/node` 11 has no such option)",
    peers: ["spanmeter"],
    options: { off: true },
    targets: [{ atMost: 10 }],
  },
];
