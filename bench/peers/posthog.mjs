import { PostHog } from "posthog-node";
import { gunzipSync } from "node:zlib";

export function open() {
  const bodies = [];
  let count = 0;
  const fetch = async (_url, { body }) => {
    bodies.push(body);
    return { status: 200, text: async () => "{}", json: async () => ({}) };
  };
  const client = new PostHog("phc_bench", { host: "http://127.0.0.1:9", fetch, maxQueueSize: 1e5 });
  function arrived() {
    for (const body of bodies.splice(0)) {
      const text = typeof body === "string" ? body : gunzipSync(body).toString();
      count += JSON.parse(text).batch.length;
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
