import type { Engine } from "../contract/engine.js";
import type { CopyTransport } from "../contract/part.js";
import type { Destination, Transport, TransportOptions } from "../contract/transport.js";
import { envelopeEndpoint } from "./endpoint.js";

/**
 * Follows the settings: whenever their DSN or tunnel change, because a Sentry SDK was initialised, the
 * transport is made again.
 */
export function createDestination(
  engine: Engine,
  copies: CopyTransport | undefined,
  recordDroppedEvent: TransportOptions["recordDroppedEvent"],
): Destination {
  let madeFor: string | undefined;
  let made: Transport | undefined;

  function find(): Transport | undefined {
    engine.refreshSettings();
    const { dsn, tunnel } = engine.settings;
    const key = `${dsn} ${tunnel}`;
    if (key !== madeFor) {
      madeFor = key;
      // A destination stays until there is another one, or a Sentry SDK is turned off.
      made = connect(engine, copies, recordDroppedEvent) ?? (dsn === "" ? undefined : made);
    }
    return made;
  }

  return { find, flush: (timeoutMs) => made?.flush?.(timeoutMs) };
}

/** Makes the transport of the settings; `undefined` when they name no destination. */
function connect(
  engine: Engine,
  copies: CopyTransport | undefined,
  recordDroppedEvent: TransportOptions["recordDroppedEvent"],
): Transport | undefined {
  const { dsn, tunnel, transport, transportOptions, sendTimeout } = engine.settings;
  const endpoint = dsn ? envelopeEndpoint(dsn, engine.sdk) : "";
  if (dsn && !endpoint)
    engine.error(`malformed dsn "${dsn}"${__DEV__ ? ": not https://<key>@<host>/<project>" : ""}`);
  // A custom transport may need no DSN, such as one that writes to a file.
  const first =
    endpoint || (transport && !dsn) ? (transport ?? engine.platform.transport) : undefined;
  const options: TransportOptions = {
    // The client tries again after this time, so the request must not go on unseen.
    timeout: sendTimeout,
    ...transportOptions,
    url: tunnel || endpoint,
    recordDroppedEvent,
  };
  const make = first ?? copies?.make;
  const made = make?.(options);
  if (make && !made) throw new TypeError("the transport option made no transport");
  return first && copies ? copies.addTo(made as Transport, options) : made;
}
