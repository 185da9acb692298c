// Measures whether memory grows over many metrics, with a server that answers and with one that never
// does. The heap is collected before each sample.
import { setTimeout as sleep } from "node:timers/promises";
import { openPeer } from "../peers/index.mjs";
import { attributeSets, BLOCK, valueOf } from "../workload.mjs";
import { seenBy } from "../harness/seen.mjs";
import { median } from "../harness/statistics.mjs";

/**
 * Returns the memory of the process in KB. Some memory, such as zlib's, is only freed in a task after the
 * collection; sampled immediately, it would vary by megabytes.
 */
async function memoryKB() {
  for (let i = 0; i < 2; i++) {
    await sleep(20);
    globalThis.gc();
  }
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1000;
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

export async function prepare(name, { sink, hanging, metrics, samples: count, set }) {
  const dsn = hanging ? sink.hangingDsn : sink.dsn;
  // A short timeout, so that many sends time out during a run.
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
      const samples = [];
      for (let sample = 1; sample <= count; sample++) {
        await record(Math.round((metrics * sample) / count));
        samples.push(await memoryKB());
      }
      const early = median(samples.slice(count / 4, count / 2));
      const late = median(samples.slice((count * 3) / 4));
      return late - early;
    },
    async finish() {
      if (!hanging) return { recorded, arrived: (await seenBy(sink)).metrics };
      // Nothing arrives; every metric must be pending or reported as lost.
      const { pending, dropped } = peer.stats();
      const lost = Object.values(dropped).reduce((sum, count) => sum + count, 0);
      // The test is only valid if the queue was full, so that calls were folded.
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
  what: "heap and buffers after a collection, the last quarter of the run compared with its second quarter, 10 attributes of which 3 are new text each call, real HTTP, a send to the hanging server times out after 0.5 s; 1 million metrics, with `--long` 10 million",
  peers: ["spanmeter"],
  options: { hanging, set: "ten", metrics: 1e6, samples: 40 },
  execArgv: ["--expose-gc"],
  rounds: 1,
  warmUp: 0,
  targets: [{ atMost: 1000 }],
});

export const rows = [
  row("memory", false, "the server answers"),
  row("memory-hanging", true, "the server hangs"),
];
