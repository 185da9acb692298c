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
  if (dsn && !endpoint)
    world.error(`malformed dsn "${dsn}"${__DEV__ ? ": not https://<key>@<host>/<project>" : ""}`);
  const factories = [
    // A transport of one's own may need no DSN, such as one that writes to a file.
    (endpoint || (transport && !dsn)) && (transport ?? world.transport),
    spotlight &&
      ((options: TransportOptions) =>
        world.spotlightTransport({
          ...options,
          url: spotlight === true ? SPOTLIGHT_URL : spotlight,
        })),
  ].filter(Boolean) as TransportFactory[];
  if (!factories[0]) return undefined;
  return fanOut(factories)({
    // Given up by the client then, a request must not go on in secret.
    timeout: sendTimeout,
    ...transportOptions,
    url: tunnel || endpoint,
    recordDroppedEvent,
  });
}
