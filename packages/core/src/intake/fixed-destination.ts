import type { Connect } from "../contract/part.js";
import type { Transport, TransportFactory, TransportOptions } from "../contract/transport.js";
import { logWithout } from "./log-without.js";

/**
 * A second instance of a Sentry client's transport. It reports what it drops to the pipeline instead of the
 * client, which would report as lost what is sent again. There is none where the transport cannot be made twice.
 */
export const fixedDestination =
  (make: TransportFactory, given: Omit<TransportOptions, "recordDroppedEvent">): Connect =>
  ({ platform, refreshSettings, settings }, copies, recordDroppedEvent) => {
    const options = { timeout: settings.sendTimeout, ...given, recordDroppedEvent };
    let transport: Transport | undefined;
    try {
      const made = make(options);
      transport = copies ? copies.addTo(made, options) : made;
    } catch (error) {
      logWithout(platform.console, error);
    }
    return {
      find() {
        refreshSettings();
        // Nothing is sent for an SDK that is turned off.
        return settings.dsn === "" ? undefined : transport;
      },
      flush: (timeoutMs) => transport?.flush(timeoutMs),
    };
  };
