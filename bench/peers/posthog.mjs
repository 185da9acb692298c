import { PostHog } from "posthog-node";
import { keysOf } from "../workload.mjs";
import { createEnd } from "./end.mjs";

/** Counts the events of request bodies. */
export function countIn(bodies, { keys }) {
  const events = bodies.flatMap((body) => JSON.parse(body).batch);
  if (events.some(({ properties }) => keys.some((key) => !(key in properties))))
    throw new Error("An event lacks attributes");
  return events.length;
}

export function open({ set = "none" }) {
  const end = createEnd(import.meta.url, { keys: keysOf(set) });
  const fetch = async (_url, { body }) => {
    end.take(body);
    return { status: 200, text: async () => "{}", json: async () => ({}) };
  };
  const client = new PostHog("phc_bench", {
    host: "http://127.0.0.1:9",
    fetch,
    maxQueueSize: 1e5,
    // The bytes of other peers are also taken before compression.
    disableCompression: true,
  });
  const capture = (event, properties) => client.capture({ distinctId: "bench", event, properties });
  return {
    distribution: (value, attributes) => capture("query.duration", { value, ...attributes }),
    count: () => capture("email.sent"),
    flush: () => client.flush(),
    arrived: end.arrived,
  };
}
