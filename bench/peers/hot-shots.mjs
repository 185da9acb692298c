import StatsD from "hot-shots";
import { promisify } from "node:util";

/** Opens hot-shots with a buffer, as its readme advises for speed, sending UDP to the bench's receiver. */
export function open({ udp }) {
  const client = new StatsD({ host: "127.0.0.1", port: udp, maxBufferSize: 1432 });
  return {
    distribution: (value, tags) => client.distribution("query.duration", value, tags),
    count: () => client.increment("email.sent"),
    flush: promisify((done) => client.flush(done)),
    // The bench counts the received datagrams.
    arrived: () => undefined,
  };
}
