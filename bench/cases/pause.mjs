// Measures how long a flush blocks other work: the longest time between two turns of the event
// loop, from the 1 000th call until the server has answered, over real HTTP.
import { openPeer } from "../peers/index.mjs";
import { attributeSets, BLOCK, valueOf } from "../workload.mjs";
import { seenBy } from "../harness/seen.mjs";

/** Measures turns of the event loop. The returned function ends it and returns the longest turn in milliseconds. */
function measureTurns() {
  let last = performance.now();
  let longest = 0;
  let isMeasuring = true;
  function turn() {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (isMeasuring) setImmediate(turn);
  }
  setImmediate(turn);
  return () => {
    isMeasuring = false;
    return Math.max(longest, performance.now() - last);
  };
}

export async function prepare(name, options) {
  const peer = await openPeer(name, { ...options, dsn: options.sink.dsn });
  const attributes = attributeSets[options.set];
  let recorded = 0;
  const call = () => peer.distribution(valueOf(recorded), attributes(recorded++));

  return {
    async round() {
      // Ending the span is work of the tracing SDK and no part of the flush.
      return peer.around(async () => {
        for (let i = 1; i < BLOCK; i++) call();
        const end = measureTurns();
        call();
        await peer.flush();
        return end();
      });
    },
    finish: async () => ({ recorded, arrived: (await seenBy(options.sink)).metrics }),
  };
}

export const rows = [
  {
    id: "pause",
    module: "pause",
    title: "longest pause of the event loop while 1 000 metrics are flushed",
    unit: "ms",
    what: "the longest turn of the event loop from the 1 000th call to the server's answer, default transports, HTTP on loopback, 3 attributes",
    peers: ["spanmeter", "@sentry/node"],
    options: { set: "three", span: true },
    rounds: 25,
    warmUp: 50,
    targets: [{ atMost: 2 }, { share: 1 / 4, of: "@sentry/node" }],
  },
];
