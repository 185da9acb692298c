// Measures the cost of a counter's call for its caller, as the lower quartile of slices of 500 calls: a slice
// that another process of the machine has interrupted does not count.
import { openCounter } from "../peers/counters.mjs";
import { quantile } from "../harness/statistics.mjs";

const SLICE = 500;

export async function prepare(name, options) {
  const { callsPerFlush, flushes, callsPerSpan = callsPerFlush } = options[name] ?? options;
  const peer = await openCounter(name, options);
  let recorded = 0;

  function slice() {
    const end = recorded + SLICE;
    const start = process.hrtime.bigint();
    for (let i = recorded; i < end; i++) peer.call(i);
    const nanoseconds = Number(process.hrtime.bigint() - start);
    recorded = end;
    return nanoseconds / SLICE;
  }
  function slices(calls, times) {
    for (let i = 0; i < calls; i += SLICE) times.push(slice());
  }

  return {
    async round() {
      const times = [];
      for (let flush = 0; flush < flushes; flush++) {
        for (let i = 0; i < callsPerFlush; i += callsPerSpan)
          await peer.around(() => slices(callsPerSpan, times));
        await peer.flush();
      }
      return quantile(times, 1 / 4);
    },
    finish: async () => ({ recorded, arrived: await peer.arrived() }),
  };
}

const RAW = { callsPerFlush: 1000, flushes: 50 };
const options = {
  callsPerFlush: 100_000,
  flushes: 1,
  // Of a counter by span: a span per request.
  callsPerSpan: 5000,
  "spanmeter, raw handle": RAW,
  "spanmeter, raw count": RAW,
};
const inc = "prom-client";

const shared = {
  module: "folded",
  unit: "ns",
  what: "wall time inside the calls of a counter with 3 attributes that recur (24 series), as the lower quartile of slices of 500 calls; 100 000 folded calls a flush (1 000 raw ones), a new span every 5 000 calls where calls are folded by span; the sums that arrive are compared with the calls exactly, and by span each item must have its span; a handle has its attributes bound; each raw metric needs its time, so that its call cannot cost less than `Date.now` alone",
  options,
  warmUp: 3,
};

export const rows = [
  {
    id: "folded",
    title: "caller's cost of a folded `count`, by series",
    peers: ["spanmeter, folded by series", inc, "OpenTelemetry"],
    targets: [{ share: 1 / 3, of: inc }],
  },
  {
    id: "folded-span",
    title: "caller's cost of a folded `count`, by span",
    peers: ["spanmeter, folded by span", inc],
    targets: [{ share: 1 / 2, of: inc }],
  },
  {
    id: "handle-series",
    title: "caller's cost of a bound counter's `add`, folded by series",
    peers: ["spanmeter, handle by series", inc, "prom-client, bound"],
    targets: [
      { share: 1 / 20, of: inc },
      { share: 1, of: "prom-client, bound" },
    ],
  },
  {
    id: "handle-span",
    title: "caller's cost of a bound counter's `add`, folded by span",
    peers: ["spanmeter, handle by span", inc],
    targets: [{ share: 1 / 5, of: inc }],
  },
  {
    id: "handle-raw",
    title: "caller's cost of a bound counter's `add`, raw",
    peers: ["spanmeter, raw handle", "spanmeter, raw count", "Date.now alone"],
    targets: [{ share: 1 / 4, of: "spanmeter, raw count" }],
  },
  {
    id: "folded-full",
    title: "caller's cost of a `count` that is folded because the queue is full",
    peers: ["spanmeter, full queue", "spanmeter, raw count"],
    targets: [{ below: "spanmeter, raw count" }],
  },
].map((row) => ({ ...shared, ...row }));
