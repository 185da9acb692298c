import type { Transport, TransportFactory } from "../contract/transport.js";
import type { World } from "../engine/engine.js";

/** Where Spotlight and Spanmeter's explorer listen by default. */
const DEFAULT_URL = "http://localhost:8969/stream";
/** How long an explorer that did not answer is left alone, in milliseconds. */
const PAUSE_MS = 60_000;

/**
 * Sends to the local explorer (`spotlight`), as best it can: an explorer that does not run costs one
 * warning and one failed request a minute, nothing is retried, and nothing waits for it. The production
 * build of a page, which has no explorer beside it, treats it like any other server.
 */
export function explorerTransport(world: World, spotlight: string | true): TransportFactory {
  const url =
    spotlight === true ? DEFAULT_URL : spotlight.replace(/^(\w+:\/\/[^/?#]+)\/?$/, "$1/stream");
  return (options) => {
    const transport = world.spotlightTransport({ ...options, url });
    if (!__DEV__) return transport;
    let pausedUntilMs = 0;

    async function send(envelope: Parameters<Transport["send"]>[0]) {
      if (world.monotonicMs() >= pausedUntilMs)
        try {
          return await transport.send(envelope);
        } catch {
          pausedUntilMs = world.monotonicMs() + PAUSE_MS;
          if (__DEV__)
            world.warn(
              "spotlight",
              `No explorer answers at ${url}, so it gets no copies. Start it with "npx @spanmeter/explorer", or take out the "spotlight" option.`,
            );
        }
      // Given up: a negative status is never retried.
      return { statusCode: -1 };
    }

    async function flush(timeoutMs?: number): Promise<boolean> {
      await transport.flush(timeoutMs);
      // Nobody's metrics depend on a copy.
      return true;
    }

    return { send, flush };
  };
}
