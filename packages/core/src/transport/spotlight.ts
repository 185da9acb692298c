import type { Engine } from "../contract/engine.js";
import type { CopyTransport, Part } from "../contract/part.js";
import type {
  Envelope,
  Transport,
  TransportOptions,
  TransportResponse,
} from "../contract/transport.js";
import type { TransportRuntime } from "./create-transport.js";
import { createSendCopy } from "./send-copy.js";

/** Makes a transport of the platform, which uses the clock and the timers of the client. */
type MakeTransport = (options: TransportOptions, runtime: TransportRuntime) => Transport;

/** Where Spotlight and Spanmeter's explorer listen by default. */
const DEFAULT_URL = "http://localhost:8969/stream";
/** How long a client leaves an explorer alone that did not answer, in milliseconds. */
const PAUSE_MS = 60_000;

/** Sends a copy of everything to the local explorer that the `spotlight` option names. */
export const spotlight = (makeTransport: MakeTransport): Part => ({
  createCopyTransport: (engine) => createCopyTransport(engine, makeTransport),
});

/**
 * Sends to the local explorer without a promise: an explorer that does not run costs one warning and one
 * failed request a minute, nothing is retried, and nothing waits for it. The production build of a page,
 * which has no explorer beside it, treats it like any other server.
 */
function createCopyTransport(
  engine: Engine,
  makeTransport: MakeTransport,
): CopyTransport | undefined {
  const option = engine.settings.spotlight;
  if (!option) return undefined;
  const url = option === true ? DEFAULT_URL : option.replace(/^(\w+:\/\/[^/?#]+)\/?$/, "$1/stream");

  function make(options: TransportOptions): Transport {
    const transport = makeTransport({ ...options, url }, engine);
    if (!__DEV__) return transport;
    let pausedUntilMs = 0;

    async function send(envelope: Envelope): Promise<TransportResponse> {
      if (engine.monotonicMs() >= pausedUntilMs)
        try {
          return await transport.send(envelope);
        } catch {
          pausedUntilMs = engine.monotonicMs() + PAUSE_MS;
          if (__DEV__)
            engine.warn(
              "spotlight",
              `No explorer answers at ${url}, so it gets no copies. Start it with "npx @spanmeter/explorer", or take out the "spotlight" option.`,
            );
        }
      // A negative status is never retried.
      return { statusCode: -1 };
    }

    async function flush(timeoutMs?: number): Promise<boolean> {
      await transport.flush(timeoutMs);
      // No metric depends on a copy.
      return true;
    }

    return { send, flush };
  }

  function addTo(transport: Transport, options: TransportOptions): Transport {
    const copies = make({ ...options, recordDroppedEvent() {} });
    const sendCopy = createSendCopy();

    return {
      send(envelope) {
        // It is called first, as if it were alone; the copy is sent even if it throws.
        const answer = (async () => transport.send(envelope))();
        void sendCopy(copies, envelope);
        return answer;
      },
      async flush(timeoutMs) {
        const copiesSent = (async () => copies.flush(timeoutMs))().catch(() => {});
        const isFlushed = await transport.flush?.(timeoutMs);
        await copiesSent;
        return isFlushed ?? true;
      },
    };
  }

  return { make, addTo };
}
