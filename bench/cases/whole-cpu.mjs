// Measures the total cost of a metric: CPU time of the whole process, its collector and compiler threads
// included, from the call until the request body is passed to compression and network.
import { openPeer } from "../peers/index.mjs";
import { attributeSets, BLOCK, valueOf } from "../workload.mjs";

export async function prepare(name, { blocks, ...options }) {
  const peer = await openPeer(name, options);
  const attributes = attributeSets[options.set];
  let recorded = 0;

  function calls() {
    for (const end = recorded + BLOCK; recorded < end; recorded++)
      peer.distribution(valueOf(recorded), attributes(recorded));
  }
  async function block() {
    const before = process.cpuUsage();
    calls();
    if (!peer.aggregates) await peer.flush();
    const { user, system } = process.cpuUsage(before);
    return user + system;
  }
  return {
    async round() {
      peer.trustHeaders?.(true);
      let microseconds = 0;
      // One span for all blocks: the cost of spans is no cost of a metric.
      await peer.around(async () => {
        // Not counted: the other peers ran in between, so this peer's data is no longer in the CPU caches.
        await block();
        for (let each = 0; each < blocks; each++) microseconds += await block();
      });
      if (!peer.trustHeaders && !peer.aggregates) await peer.arrived();
      return (microseconds * 1000) / (blocks * BLOCK);
    },
    async finish() {
      // Rounds are counted by the headers of their bodies; one more block is read completely.
      peer.trustHeaders?.(false);
      await peer.around(block);
      return { recorded, arrived: await peer.arrived() };
    },
  };
}

const row = (id, set, title, targets) => ({
  id,
  module: "whole-cpu",
  title: `whole CPU cost of one raw metric, ${title}`,
  unit: "ns",
  what: `CPU time (user and system, all threads) of 1 000 calls and the flush that encodes them, in one active span and after 150 000 calls of warm-up, before compression; hot-shots sends its datagrams; OpenTelemetry and prom-client only add up, and their export is not counted`,
  peers: ["spanmeter", "@sentry/node", "OpenTelemetry", "hot-shots", "posthog-node", "prom-client"],
  options: { set, span: true, blocks: 20 },
  // A server runs for days, so its code is compiled.
  warmUp: 8,
  targets,
});

export const rows = [
  row("whole", "three", "3 attributes", [
    { share: 1 / 12, of: "@sentry/node" },
    { share: 1 / 25, of: "@sentry/node", isAim: true },
    { share: 1 / 2, of: "OpenTelemetry" },
  ]),
  row("whole-bare", "none", "no attributes", [{ share: 1 / 15, of: "@sentry/node" }]),
  row("whole-ten", "ten", "10 attributes, 3 of them new text each call", [
    { share: 1 / 15, of: "@sentry/node" },
  ]),
];
