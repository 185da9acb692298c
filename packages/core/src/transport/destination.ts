import type { Transport, TransportFactory, TransportOptions } from "../transport-contract.js";
import type { World } from "../world.js";
import { envelopeEndpoint } from "./endpoint.js";
import { fanOut } from "./fan-out.js";

/** Where Spotlight and Spanmeter's explorer listen by default. */
const SPOTLIGHT_URL = "http://localhost:8969/stream";

/** Makes the transport of the options; `undefined` when they name no destination. */
export function createDestination(
  world: World,
  recordDroppedEvent: TransportOptions["recordDroppedEvent"],
): Transport | undefined {
  const { dsn, tunnel, spotlight, transport, transportOptions, sendTimeout } = world.settings;
  const endpoint = dsn ? envelopeEndpoint(dsn, world.sdk) : "";
  if (dsn && !endpoint) world.error(`dsn "${dsn}" is not https://<key>@<host>/<project>`);
  const factories: TransportFactory[] = [];
  // A transport of one's own may need no DSN, such as one that writes to a file.
  if (endpoint || (transport && !dsn)) factories.push(transport ?? world.transport);
  if (spotlight) {
    const url = spotlight === true ? SPOTLIGHT_URL : spotlight;
    factories.push((options) => world.spotlightTransport({ ...options, url }));
  }
  return factories.length > 0
    ? fanOut(factories)({
        // Given up by the client then, a request must not go on in secret.
        timeout: sendTimeout,
        ...transportOptions,
        url: tunnel || endpoint,
        recordDroppedEvent,
      })
    : undefined;
}
