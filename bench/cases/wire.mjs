// Measures the bytes of a metric on the wire: all bytes that the server's sockets read, headers included.
import { openPeer } from "../peers/index.mjs";
import { attributeSets, valueOf } from "../workload.mjs";
import { seenBy } from "../harness/seen.mjs";

const BATCHES = 10;

export async function prepare(name, { batch: size, ...options }) {
  const peer = await openPeer(name, { ...options, dsn: options.sink.dsn });
  const attributes = attributeSets[options.set];
  let recorded = 0;

  function batch() {
    for (const end = recorded + size; recorded < end; recorded++)
      peer.distribution(valueOf(recorded), attributes(recorded));
  }
  return {
    async round() {
      const before = await seenBy(options.sink);
      for (let i = 0; i < BATCHES; i++) {
        await peer.around(batch);
        await peer.flush();
      }
      const after = await seenBy(options.sink);
      return (after.bytes - before.bytes) / (after.metrics - before.metrics);
    },
    finish: async () => ({ recorded, arrived: (await seenBy(options.sink)).metrics }),
  };
}

const row = (id, batch, targets) => ({
  id,
  module: "wire",
  title: `bytes on the wire per metric, batches of ${batch}`,
  unit: "bytes",
  what: `bytes read by the server's sockets, HTTP headers included, with default transports, 3 attributes with recurring values, 100 or 50 metrics per flush; \`@sentry/node\` compresses bodies from 32 KiB up, Spanmeter from 1 KiB up`,
  peers: ["spanmeter", "@sentry/node"],
  options: { set: "three", batch },
  warmUp: 0,
  targets,
});

export const rows = [
  // Batches of 100 exceed the peer's threshold for compression, so this row has no target.
  row("wire", 100, []),
  // Batches of 50 do not, like nearly every flush of an application (docs/decisions/0016).
  row("wire-small", 50, [{ share: 1 / 8, of: "@sentry/node" }]),
];
