// Measures the total cost of a metric on a server that answers many requests at once: each call belongs to another
// request than the one before, with a span and scope attributes of its own.
import { AsyncLocalStorage } from "node:async_hooks";
import { openPeer } from "../peers/index.mjs";
import { Sentry } from "../peers/sentry-module.mjs";
import { attributeSets, BLOCK, valueOf } from "../workload.mjs";

const REQUESTS = 100;

// Sentry's scopes hold spans weakly; in a server the code of the request holds its span.
const spans = [];

/** Returns a function that runs others as if they were called by this request. */
function openRequest(number, withAttributes) {
  return Sentry.withIsolationScope((scope) => {
    if (withAttributes)
      scope.setAttributes({
        "http.request.id": `request-${number}`,
        "user.plan": number % 2 ? "free" : "team",
        tenant: number % 10,
      });
    return Sentry.startSpanManual({ name: "bench" }, (span) => {
      spans.push(span);
      return AsyncLocalStorage.snapshot();
    });
  });
}

export async function prepare(name, { blocks, withAttributes, ...options }) {
  const peer = await openPeer(name, options);
  const attributes = attributeSets[options.set];
  const requests = Array.from({ length: REQUESTS }, (_, i) => openRequest(i, withAttributes));
  let recorded = 0;

  const call = () => peer.distribution(valueOf(recorded), attributes(recorded));
  async function block() {
    const before = process.cpuUsage();
    for (const end = recorded + BLOCK; recorded < end; recorded++)
      requests[recorded % REQUESTS](call);
    await peer.flush();
    const { user, system } = process.cpuUsage(before);
    return user + system;
  }

  return {
    async round() {
      peer.trustHeaders(true);
      let microseconds = 0;
      await block();
      for (let each = 0; each < blocks; each++) microseconds += await block();
      return (microseconds * 1000) / (blocks * BLOCK);
    },
    async finish() {
      peer.trustHeaders(false);
      await block();
      return { recorded, arrived: await peer.arrived() };
    },
  };
}

const row = (id, title, withAttributes) => ({
  id,
  module: "concurrent",
  title: `whole CPU cost of one raw metric, 100 concurrent requests${title}`,
  unit: "ns",
  what: "CPU time (user and system, all threads) of 1 000 calls with 3 attributes, each in another request than the one before, and the flush that encodes them, before compression; the change of the request is included",
  peers: ["spanmeter", "@sentry/node"],
  options: { set: "three", span: true, blocks: 20, withAttributes },
  warmUp: 8,
  targets: [{ share: 1 / 5, of: "@sentry/node" }],
});

export const rows = [
  row("concurrent", " with 3 scope attributes each", true),
  row("concurrent-spans", " with a span each", false),
];
