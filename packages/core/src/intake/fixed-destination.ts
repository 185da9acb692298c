import type { Connect } from "../contract/part.js";
import type { TransportFactory, TransportOptions } from "../contract/transport.js";

/**
 * A second instance of a Sentry client's transport. It reports what it drops to the pipeline instead of the
 * client, which would report as lost what is sent again.
 */
export const fixedDestination =
  (make: TransportFactory, given: Omit<TransportOptions, "recordDroppedEvent">): Connect =>
  ({ settings }, copies, recordDroppedEvent) => {
    const options = { timeout: settings.sendTimeout, ...given, recordDroppedEvent };
    const made = make(options);
    const transport = copies ? copies.addTo(made, options) : made;
    return {
      find: () => transport,
      flush: async (timeoutMs) => transport.flush(timeoutMs),
    };
  };
