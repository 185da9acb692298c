// Measures the cost of a metric up to the answer: CPU time of the whole client process for calls, encoding,
// compression and requests over real HTTP. The server runs in the bench's process.
import { openPeer } from "../peers/index.mjs";
import { changeSpans } from "../peers/sentry-module.mjs";
import { attributeSets, valueOf } from "../workload.mjs";
import { seenBy } from "../harness/seen.mjs";

/** A request of an application records a few metrics in its span, then another request has its turn. */
const CALLS_PER_SPAN = 8;

export async function prepare(name, { batch: size, batches, ...options }) {
  const peer = await openPeer(name, { ...options, dsn: options.sink.dsn });
  const attributes = attributeSets[options.set];
  const inNextSpan = changeSpans();
  let recorded = 0;

  function record(calls) {
    for (const end = recorded + calls; recorded < end; recorded++)
      peer.distribution(valueOf(recorded), attributes(recorded));
  }
  async function sendBatch() {
    for (let left = size; left > 0; left -= CALLS_PER_SPAN)
      inNextSpan(() => record(Math.min(left, CALLS_PER_SPAN)));
    await peer.flush();
  }
  return {
    async round() {
      // Not counted: the other peers ran in between, so this peer's data is no longer in the CPU caches.
      await sendBatch();
      const before = process.cpuUsage();
      for (let each = 0; each < batches; each++) await sendBatch();
      const { user, system } = process.cpuUsage(before);
      return ((user + system) * 1000) / (batches * size);
    },
    finish: async () => ({ recorded, arrived: (await seenBy(options.sink)).metrics }),
  };
}

const row = (id, batch, batches, warmUp, targets) => ({
  id,
  module: "http-cpu",
  title: `CPU of one metric up to the server's answer, batches of ${batch}`,
  unit: "ns",
  what: `CPU time (user and system, all threads) of the client's process for 100 or 1 000 calls with 3 attributes, in spans that change every ${CALLS_PER_SPAN} calls, and a flush that waits for the server's answer: default transports, compression included, HTTP on loopback, the server in another process; OpenTelemetry exports its sums as gzipped OTLP`,
  peers: ["spanmeter", "@sentry/node", "OpenTelemetry"],
  options: { set: "three", span: true, batch, batches },
  warmUp,
  targets,
});

// A server runs for days, so its code is compiled, that of requests included: V8 still compiles it in the second
// thousand of requests. A round of large batches has few of them.
export const rows = [
  row("http-cpu", 100, 200, 25, [{ share: 1 / 5, of: "@sentry/node" }]),
  row("http-cpu-large", 1000, 40, 60, [{ share: 1 / 12, of: "@sentry/node" }]),
];
