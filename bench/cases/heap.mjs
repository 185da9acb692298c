// Measures the allocations of a call. The young generation is so large that nothing is collected within a
// block, so the growth of the heap equals all allocations, garbage included.
import { openPeer } from "../peers/index.mjs";
import { attributeSets, BLOCK, valueOf } from "../workload.mjs";

const heapUsed = () => process.memoryUsage().heapUsed;

export async function prepare(name, options) {
  const peer = await openPeer(name, options);
  const attributes = attributeSets[options.set];
  let recorded = 0;

  function bytes() {
    const before = heapUsed();
    for (const end = recorded + BLOCK; recorded < end; recorded++)
      peer.distribution(valueOf(recorded), attributes(recorded));
    return heapUsed() - before;
  }
  return {
    async round() {
      globalThis.gc();
      const grown = await peer.around(bytes);
      if (grown <= 0) throw new Error("the heap was collected while it was measured");
      await peer.flush();
      if (!peer.aggregates) await peer.arrived();
      return grown / BLOCK;
    },
    finish: async () => ({ recorded, arrived: await peer.arrived() }),
  };
}

export const rows = [
  {
    id: "heap",
    module: "heap",
    title: "heap allocated per raw metric between flushes",
    unit: "bytes",
    what: "growth of the heap over 1 000 calls with 3 attributes in an active span, without a collection in between; the caller's own objects are included for every peer",
    peers: ["spanmeter", "@sentry/node", "OpenTelemetry", "posthog-node"],
    options: { set: "three", span: true },
    execArgv: ["--expose-gc", "--min-semi-space-size=64", "--max-semi-space-size=64"],
    warmUp: 10,
    targets: [{ share: 1 / 5, of: "@sentry/node" }],
  },
];
