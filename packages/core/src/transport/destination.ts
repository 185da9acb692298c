import type { Transport, TransportFactory, TransportOptions } from "../contract/transport.js";
import type { World } from "../engine/engine.js";
import { envelopeEndpoint } from "./endpoint.js";
import { explorerTransport } from "./explorer.js";
import { fanOut } from "./fan-out.js";

/** A transport to wherever the settings point at the moment. */
export interface Destination extends Transport {
  /** Whether there is anywhere to send to. A Sentry SDK that is initialised later may change that. */
  isKnown(): boolean;
}

/**
 * Makes a transport that follows the settings: whenever their DSN or tunnel change, because a Sentry SDK
 * was initialised, what it sends to is made anew.
 *
 * @throws what the `transport` option throws; later, its `send` rejects.
 */
export function createDestination(
  world: World,
  recordDroppedEvent: TransportOptions["recordDroppedEvent"],
): Destination {
  let madeFor: string | undefined;
  let made: Transport | undefined;

  function find(): Transport | undefined {
    world.refreshSettings();
    const { dsn, tunnel } = world.settings;
    const key = `${dsn} ${tunnel}`;
    if (key !== madeFor) {
      madeFor = key;
      // A destination stays until there is another one, or a Sentry SDK is turned off.
      made = connect(world, recordDroppedEvent) ?? (dsn === "" ? undefined : made);
    }
    return made;
  }

  return {
    isKnown: () => Boolean(find()),
    // A negative status gives metrics up.
    send: async (envelope) => find()?.send(envelope) ?? { statusCode: -1 },
    flush: async (timeoutMs) => made?.flush?.(timeoutMs) ?? true,
  };
}

/** Makes the transport of the settings; `undefined` when they name no destination. */
function connect(
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
    spotlight && explorerTransport(world, spotlight),
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
