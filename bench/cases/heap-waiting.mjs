// Measures the heap of metrics that wait to be sent, after a collection.
import { setTimeout as sleep } from "node:timers/promises";
import { openPeer } from "../peers/index.mjs";
import { attributeSets, BLOCK, valueOf } from "../workload.mjs";
import { seenBy } from "../harness/seen.mjs";

async function collectedHeap() {
  for (let i = 0; i < 3; i++) {
    await sleep(20);
    globalThis.gc();
  }
  return process.memoryUsage().heapUsed;
}

export async function prepare(name, { sink, set, waiting }) {
  const isHanging = name === "spanmeter";
  const count = waiting[name];
  const init = { maxQueueItems: 2 * count, maxQueueBytes: 1e9, sendTimeout: 600_000 };
  const dsn = isHanging ? sink.hangingDsn : sink.dsn;
  const peer = await openPeer(name, { set, span: true, dsn, init });
  const attributes = attributeSets[set];
  let recorded = 0;

  const record = (calls) =>
    peer.around(() => {
      for (const end = recorded + calls; recorded < end; recorded++)
        peer.distribution(valueOf(recorded), attributes(recorded));
    });
  return {
    async round() {
      // Code is compiled and requests are under way before the first sample.
      await record(isHanging ? 20 * BLOCK : BLOCK);
      if (!isHanging) await peer.flush();
      const before = await collectedHeap();
      await record(count);
      return ((await collectedHeap()) - before) / count;
    },
    async finish() {
      if (isHanging) return { recorded, arrived: peer.stats().pending };
      await peer.flush();
      return { recorded, arrived: (await seenBy(sink)).metrics };
    },
  };
}

const WAITING = { spanmeter: 50_000, "@sentry/node": BLOCK - 1 };

export const rows = [
  {
    id: "heap-waiting",
    module: "heap-waiting",
    title: "heap per waiting metric, 3 attributes",
    unit: "bytes",
    what: `growth of the heap after a collection, in an active span, per metric that waits: ${WAITING.spanmeter} in Spanmeter's queue before a server that never answers; ${WAITING["@sentry/node"]} in the buffer of \`@sentry/node\`, which sends at ${BLOCK}`,
    peers: ["spanmeter", "@sentry/node"],
    options: { set: "three", waiting: WAITING },
    execArgv: ["--expose-gc"],
    fresh: true,
    rounds: 5,
    targets: [{ share: 1 / 6, of: "@sentry/node" }],
  },
];
