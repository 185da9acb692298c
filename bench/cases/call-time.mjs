// Measures the cost of a call for its caller: wall time inside the calls, without flushes.
import { openPeer } from "../peers/index.mjs";
import { attributeSets, BLOCK, valueOf } from "../workload.mjs";

export async function prepare(name, { blocks, ...options }) {
  const peer = await openPeer(name, options);
  const attributes = attributeSets[options.set];
  let recorded = 0;

  function distributions() {
    const end = recorded + BLOCK;
    const start = process.hrtime.bigint();
    for (let i = recorded; i < end; i++) peer.distribution(valueOf(i), attributes(i));
    return Number(process.hrtime.bigint() - start);
  }
  function counts() {
    const start = process.hrtime.bigint();
    for (let i = 0; i < BLOCK; i++) peer.count(i);
    return Number(process.hrtime.bigint() - start);
  }

  return {
    async round() {
      let nanoseconds = 0;
      for (let block = 0; block < blocks; block++) {
        nanoseconds += await peer.around(options.verb === "count" ? counts : distributions);
        recorded += BLOCK;
        await peer.flush();
        if (!peer.aggregates) await peer.arrived();
      }
      return nanoseconds / (blocks * BLOCK);
    },
    finish: async () => ({ recorded, arrived: await peer.arrived() }),
  };
}

/** Rounds that are not counted, because a server runs for days and its code is compiled. */
const warmUp = 8;
const others = ["OpenTelemetry", "hot-shots", "posthog-node"];

export const rows = [
  {
    id: "call",
    module: "call-time",
    title: "caller's cost of one `distribution`, 3 attributes, in an active span",
    unit: "ns",
    what: "wall time inside 1 000 calls in a row (as many as `@sentry/node` buffers), inside an active span of `@sentry/node` for the two that read it; flushes are not counted, nor are 80 000 calls of warm-up",
    peers: ["spanmeter", "@sentry/node", ...others, "prom-client"],
    options: { set: "three", span: true, blocks: 10 },
    warmUp,
    targets: [
      { share: 1 / 30, of: "@sentry/node" },
      { share: 1 / 60, of: "@sentry/node", isAim: true },
      ...others.map((below) => ({ below })),
    ],
  },
  {
    id: "count",
    module: "call-time",
    title: "caller's cost of `count`, no attributes, no span",
    unit: "ns",
    what: "wall time inside 1 000 calls of a counter, in a process without tracing; prom-client's `inc` once without labels, where it adds to one variable, and once with the 3 attributes as labels, for scale",
    peers: ["spanmeter", "@sentry/node", "OpenTelemetry", "prom-client", "prom-client, 3 labels"],
    options: { verb: "count", blocks: 10 },
    warmUp,
    // prom-client's `inc` without labels adds to one variable (docs/decisions/0016).
    targets: [{ below: "prom-client, 3 labels" }],
  },
];
