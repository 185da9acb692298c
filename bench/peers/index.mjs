// A peer is a module whose `open` makes a fixture: real package, usual options, and an end that counts.
//
//   distribution(value, attributes), count(i)  one call, written as the peer's users write it
//   around(fn)                                 runs `fn` where the peer finds its trace
//   flush()                                    resolves once all bytes are handed over
//   glance(on)                       for envelopes: bodies are counted by what they say, and not kept
//   arrived()                                  how many metrics the end has seen since it was opened
//   aggregates                                 true: it keeps sums, so that a flush is no cost of a call
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
