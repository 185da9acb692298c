// Measures whether a metric's cost grows faster than the number of its attributes.
import { openPeer } from "../peers/index.mjs";
import { quantile } from "../harness/statistics.mjs";
import { attributeSets, BLOCK, valueOf } from "../workload.mjs";
import { prepare as prepareWhole } from "./whole-cpu.mjs";

const SLICE = 500;

/** Measures the time inside the calls, as the lower quartile of slices. */
async function prepareCall(name, { blocks, ...options }) {
  const peer = await openPeer(name, options);
  const attributes = attributeSets[options.set];
  let recorded = 0;

  function slice() {
    const start = process.hrtime.bigint();
    for (const end = recorded + SLICE; recorded < end; recorded++)
      peer.distribution(valueOf(recorded), attributes(recorded));
    return Number(process.hrtime.bigint() - start) / SLICE;
  }
  return {
    async round() {
      const times = [];
      for (let block = 0; block < blocks; block++) {
        await peer.around(() => {
          for (let i = 0; i < BLOCK; i += SLICE) times.push(slice());
        });
        await peer.flush();
        await peer.arrived();
      }
      return quantile(times, 1 / 4);
    },
    finish: async () => ({ recorded, arrived: await peer.arrived() }),
  };
}

/** Sets of attributes by their number. */
const SETS = { 30: "thirty", 10: "tenRecurring", 3: "three", 0: "none" };
const PEERS = ["spanmeter", "@sentry/node"];

const nameOf = (peer, count) => `${peer}, ${count} attributes`;
/** Each peer with each number of attributes, by name. */
const variants = Object.fromEntries(
  PEERS.flatMap((peer) =>
    Object.entries(SETS)
      .toReversed()
      .map(([count, set]) => [nameOf(peer, count), { peer, set }]),
  ),
);

export function prepare(name, { measures, ...options }) {
  const { peer, set } = variants[name];
  const open = measures === "calls" ? prepareCall : prepareWhole;
  return open(peer, { ...options, set });
}

/** With a cost that grows with the square of the number, each of the later attributes would cost four times as much. */
const growthOf = (factor) => ({
  step: "attribute",
  points: [0, 10, 30].map((count) => [count, nameOf("spanmeter", count)]),
  factor,
});

const recurring = "attributes whose values recur (24 combinations), in an active span";

const rowOf = ({ id, title, what, options, share, factor }) => ({
  id,
  module: "attributes",
  title,
  unit: "ns",
  what,
  peers: Object.keys(variants),
  options: { ...options, span: true },
  warmUp: 8,
  targets: [{ growth: growthOf(factor) }, { share, of: nameOf("@sentry/node", 30) }],
});

export const rows = [
  rowOf({
    id: "attributes",
    title: "caller's cost of one `distribution`, by the number of its attributes",
    what: `wall time inside the calls with ${recurring}, as the lower quartile of slices of 500 calls; each metric that arrives must have all of its attributes`,
    options: { measures: "calls", blocks: 10 },
    share: 1 / 10,
    factor: 1.5,
  }),
  rowOf({
    id: "attributes-whole",
    title: "whole CPU cost of one raw metric, by the number of its attributes",
    what: `CPU time (user and system, all threads) of 1 000 calls with ${recurring}, and of the flush that encodes them, before compression; the metrics that arrive are counted, and those of the last flush must have all of their attributes`,
    options: { measures: "whole", blocks: 20 },
    share: 1 / 8,
    // With 30 attributes the texts of 24 series are longer than the 32 KiB that compression can copy from: the encoder
    // notes attribute by attribute what recurs.
    factor: 2.5,
  }),
];
