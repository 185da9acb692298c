import type { Transport, TransportFactory } from "@spanmeter/core";
import { copyTransport } from "./http.js";

/** How long a flush waits for the explorer, which is on this machine. In milliseconds. */
const MAX_FLUSH_MS = 500;

/**
 * Makes the transport to a local explorer: best effort. An explorer that does not run costs one line on
 * the console where developers are told, and no time: nothing is sent again, and no end is held up.
 */
export function spotlightTransport(isTold: boolean): TransportFactory {
  return (options): Transport => {
    // No proxy of the environment leads to this machine.
    const transport = copyTransport({ ...options, proxy: false });
    let hasTold = !isTold;

    function tell(error: unknown): void {
      if (hasTold) return;
      hasTold = true;
      const { code, message } = (error ?? {}) as { code?: string; message?: string };
      try {
        // oxlint-disable-next-line no-console
        console.warn(
          `[spanmeter] No explorer answers at ${options.url} (${code ?? message}): it gets no metrics ` +
            'until it runs. Start it with "npx @spanmeter/explorer", or leave out "spotlight".',
        );
      } catch {
        // A console that the application replaced.
      }
    }

    return {
      async send(envelope) {
        try {
          return await transport.send(envelope);
        } catch (error) {
          tell(error);
          // Where there is no other destination: lost, and not sent again.
          options.recordDroppedEvent("backpressure", "trace_metric");
          return {};
        }
      },
      flush: (timeoutMs) => transport.flush(Math.min(timeoutMs || MAX_FLUSH_MS, MAX_FLUSH_MS)),
    };
  };
}
