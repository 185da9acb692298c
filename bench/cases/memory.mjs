// Whether memory stays level over many metrics, with a server that answers and with one that never
// does. The heap is collected before each look at it.
import { setTimeout as sleep } from "node:timers/promises";
import { openPeer } from "../peers/index.mjs";
import { attributeSets, BLOCK, valueOf } from "../workload.mjs";
import { seenBy } from "../harness/seen.mjs";
import { median } from "../harness/statistics.mjs";

/**
 * What the process itself holds, in KB. What a collection finds to be closed, such as zlib's memory, is
 * closed in a later turn: looked at at once, it differs by megabytes from one look to the next.
 */
async function held() {
  for (let i = 0; i < 2; i++) {
    await sleep(20);
    globalThis.gc();
  }
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1000;
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

export async function prepare(name, { sink, hanging, metrics, looks: count, set }) {
  const dsn = hanging ? sink.hangingDsn : sink.dsn;
  // Sends are given up early, so that a run sees many of them give up and not just the first ones.
  const peer = await openPeer(name, { dsn, init: { sendTimeout: hanging ? 500 : undefined } });
  const attributes = attributeSets[set];
  let recorded = 0;

  async function record(upTo) {
    while (recorded < upTo) {
      const end = Math.min(upTo, recorded + BLOCK);
      for (; recorded < end; recorded++) peer.distribution(valueOf(recorded), attributes(recorded));
      if (hanging) await turn();
      else await peer.flush();
    }
  }
  return {
    async round() {
      const looks = [];
      for (let look = 1; look <= count; look++) {
        await record(Math.round((metrics * look) / count));
        looks.push(await held());
      }
      const early = median(looks.slice(count / 4, count / 2));
      const late = median(looks.slice((count * 3) / 4));
      return late - early;
    },
    async finish() {
      if (!hanging) return { recorded, arrived: (await seenBy(sink)).metrics };
      // Nothing can arrive; what is not announced as lost must still be there.
      const { pending, dropped } = peer.stats();
      const lost = Object.values(dropped).reduce((sum, count) => sum + count, 0);
      // Beyond what a queue holds by default, calls are folded; until then nothing was put to the test.
      if (pending + lost <= 10_000) throw new Error("the hanging server did not fill the queue");
      return { recorded, arrived: pending + lost };
    },
  };
}

const row = (id, hanging, server) => ({
  id,
  module: "memory",
  title: `growth of memory over many metrics, ${server}`,
  unit: "KB",
  what: "heap and buffers after a collection, the last quarter of the run against its second quarter, 10 attributes of which 3 are new text each call, real HTTP, a send to the hanging server is given up after 0.5 s; 1 million metrics, with `--long` 10 million",
  peers: ["spanmeter"],
  options: { hanging, set: "ten", metrics: 1e6, looks: 40 },
  execArgv: ["--expose-gc"],
  rounds: 1,
  warmUp: 0,
  targets: [{ atMost: 1000 }],
});

export const rows = [
  row("memory", false, "the server answers"),
  row("memory-hanging", true, "the server hangs"),
];
