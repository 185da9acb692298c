import { PostHog } from "posthog-node";
import { keysOf } from "../workload.mjs";

export function open({ set = "none" }) {
  const keys = keysOf(set);
  const bodies = [];
  let count = 0;
  const fetch = async (_url, { body }) => {
    bodies.push(body);
    return { status: 200, text: async () => "{}", json: async () => ({}) };
  };
  const client = new PostHog("phc_bench", {
    host: "http://127.0.0.1:9",
    fetch,
    maxQueueSize: 1e5,
    // The others' bytes are taken before they are compressed, too.
    disableCompression: true,
  });
  function arrived() {
    for (const body of bodies.splice(0)) {
      for (const { properties } of JSON.parse(body).batch) {
        if (keys.some((key) => !(key in properties))) throw new Error("An event lacks attributes");
        count++;
      }
    }
    return count;
  }
  const capture = (event, properties) => client.capture({ distinctId: "bench", event, properties });
  return {
    distribution: (value, attributes) => capture("query.duration", { value, ...attributes }),
    count: () => capture("email.sent"),
    flush: () => client.flush(),
    arrived,
  };
}
