// A peer is a module whose `open` creates a fixture: the real package, usual options, and a receiver.
//
//   distribution(value, attributes), count(i)  one call, as the peer's users write it
//   around(fn)                                 runs `fn` in a span, if the peer reads one
//   flush()                                    resolves once all bytes are passed to the network
//   trustHeaders(on)                           for envelopes: counts metrics by the headers of bodies
//   arrived()                                  resolves to the number of metrics received so far
//   aggregates                                 true for peers that add up, whose flush is no cost of a call
const load = {
  spanmeter: () => import("./spanmeter.mjs"),
  "@sentry/node": () => import("./sentry.mjs"),
  OpenTelemetry: () => import("./opentelemetry.mjs"),
  "prom-client": () => import("./prom-client.mjs"),
  "prom-client, 3 labels": async () => {
    const { open } = await import("./prom-client.mjs");
    return { open: (options) => open({ ...options, labelled: true }) };
  },
  "hot-shots": () => import("./hot-shots.mjs"),
  "posthog-node": () => import("./posthog.mjs"),
};

/** Opens the fixture of a peer in this process. */
export async function openPeer(name, options) {
  const { open } = await load[name]();
  const around = (fn) => fn();
  return { around, ...(await open(options)) };
}
