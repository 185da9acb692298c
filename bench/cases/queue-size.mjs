// Measures whether a call costs more while more metrics wait: no request is answered until the calls have ended.
import { openPeer } from "../peers/index.mjs";
import { mean, quantile } from "../harness/statistics.mjs";
import { attributeSets, BLOCK, valueOf } from "../workload.mjs";

const SLICE = 500;
/** Requests under way while the calls are measured: no more can start. */
const IN_FLIGHT = 2;

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A server that answers in the next turn of the event loop or, from `hold` on, not before `release`. */
function createServer() {
  let held;
  return {
    answerLater: (answer) => (held ? held.push(answer) : setImmediate(() => answer())),
    hold: () => (held = []),
    requests: () => held.length,
    release() {
      for (const answer of held) setImmediate(() => answer());
      held = undefined;
    },
  };
}

const nanosecondsOf = (work) => {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start);
};

/** Opens Spanmeter with room for more metrics than wait. */
async function openQueue({ set, count, server }) {
  const init = {
    maxInFlight: IN_FLIGHT,
    maxQueueItems: 2 * count + 10 * BLOCK,
    maxQueueBytes: 1e9,
    sendTimeout: 600_000,
  };
  const peer = await openPeer("spanmeter", { set, answerLater: server.answerLater, init });
  const attributes = attributeSets[set];
  let recorded = 0;
  return {
    ...peer,
    record(calls) {
      for (const end = recorded + calls; recorded < end; recorded++)
        peer.distribution(valueOf(recorded), attributes(recorded));
    },
    recorded: () => recorded,
    /** How many metrics wait, without those of the requests in flight. */
    waiting: async () => recorded - (await peer.arrived()),
  };
}

export async function prepare(name, { set, waiting, calls, measures, blocks }) {
  const count = waiting[name];
  const server = createServer();
  const queue = await openQueue({ set, count, server });

  /** Starts as many requests as may be in flight: further metrics wait. */
  async function holdRequests() {
    server.hold();
    for (let requests = 1; requests <= IN_FLIGHT; requests++) {
      queue.record(BLOCK);
      while (server.requests() < requests) await turn();
    }
  }
  /** Records until `count` metrics wait, and returns the nanoseconds per call. */
  async function fill() {
    const missing = count - (await queue.waiting());
    return nanosecondsOf(() => queue.record(missing)) / missing;
  }
  /** Returns the nanoseconds per call of each slice. The queue grows by half while they are recorded, or less. */
  function slices() {
    const times = [];
    for (let i = 0; i < Math.min(calls, count / 2); i += SLICE)
      times.push(nanosecondsOf(() => queue.record(SLICE)) / SLICE);
    return times;
  }
  async function checkWaiting(wanted) {
    const found = await queue.waiting();
    if (found !== wanted) throw new Error(`${found} metrics wait instead of ${wanted}`);
  }

  // Every fixture begins with the same calls, so that the compiler decides alike in all of them.
  queue.trustHeaders(true);
  for (let block = 0; block < blocks; block++) {
    queue.record(BLOCK);
    await queue.flush();
  }
  return {
    async round() {
      const figures = { filling: [], calls: [] };
      for (let hold = 0; hold < calls / count; hold++) {
        await holdRequests();
        figures.filling.push(await fill());
        const times = slices();
        figures.calls.push(...times);
        await checkWaiting(count + times.length * SLICE);
        server.release();
        await queue.flush();
      }
      return measures === "filling" ? mean(figures.filling) : quantile(figures.calls, 1 / 4);
    },
    async finish() {
      // Rounds are counted by the headers of their bodies; one more block is read completely.
      queue.trustHeaders(false);
      queue.record(BLOCK);
      await queue.flush();
      return { recorded: queue.recorded(), arrived: await queue.arrived() };
    },
  };
}

const peerOf = (count) => `spanmeter, ${count.toLocaleString("en").replaceAll(",", " ")} waiting`;

const COUNTS = [1000, 10_000, 100_000, 400_000];
const waiting = Object.fromEntries(COUNTS.map((count) => [peerOf(count), count]));

/** The peers of all sizes, of which the row's target is about the first. */
const peersFrom = (first) => [first, ...COUNTS.filter((count) => count !== first)].map(peerOf);

export const rows = [
  {
    id: "queue",
    module: "queue-size",
    title: "caller's cost of one `distribution`, by the number of metrics that wait",
    unit: "ns",
    what: "wall time inside calls with 3 attributes while so many metrics wait, because the server answers no request until the calls have ended, as the lower quartile of slices of 500 calls, which leaves out those that a garbage collection interrupts; the metrics that wait are counted after the calls, and all of them arrive",
    peers: peersFrom(100_000),
    options: { set: "three", waiting, blocks: 100, calls: 20_000, measures: "calls" },
    targets: [{ share: 1.5, of: peerOf(1000) }],
  },
  {
    id: "queue-filling",
    module: "queue-size",
    title:
      "caller's cost of one `distribution` with its garbage collections, while the queue fills",
    unit: "ns",
    what: "mean wall time of the calls with 3 attributes after which so many metrics wait, garbage collections included: the more of the recent metrics still wait, the more of them each collection has to copy; the metrics that wait are counted after the calls, and all of them arrive",
    peers: peersFrom(400_000),
    options: { set: "three", waiting, blocks: 100, calls: 100_000, measures: "filling" },
    targets: [{ share: 2, of: peerOf(100_000) }],
  },
];
