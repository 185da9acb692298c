import type { Diagnostics } from "../diagnostics.js";
import type { Options } from "../options.js";
import type { Platform } from "../platform.js";
import type { Transport, TransportFactory, TransportOptions } from "../transport-contract.js";
import { envelopeEndpoint, parseDsn } from "./endpoint.js";
import { fanOut } from "./fan-out.js";

/** Where envelopes go, and the DSN that must ride in them, if any. */
export interface Destination {
  readonly transport: Transport;
  readonly dsn: string | undefined;
}

/** Where Spotlight and Spanmeter's explorer listen by default. */
const SPOTLIGHT_URL = "http://localhost:8969/stream";

/** Makes the transport of the options; `undefined` when they name no destination. */
export function createDestination(
  options: Options,
  platform: Platform,
  sdk: { name: string; version: string },
  diagnostics: Diagnostics,
  recordDroppedEvent: TransportOptions["recordDroppedEvent"],
): Destination | undefined {
  const { tunnel, spotlight } = options;
  const dsn = options.dsn ? parseDsn(options.dsn) : undefined;
  if (options.dsn && !dsn)
    diagnostics.error(
      `The dsn "${options.dsn}" is malformed; it looks like https://<key>@<host>/<project number>. Metrics are not sent to Sentry.`,
    );

  const factories: TransportFactory[] = [];
  // A transport of one's own may need no DSN, such as one that writes to a file.
  if (dsn || (options.transport && !options.dsn))
    factories.push(options.transport ?? platform.transport);
  if (spotlight) {
    const url = spotlight === true ? SPOTLIGHT_URL : spotlight;
    factories.push((given) => platform.spotlightTransport({ ...given, url }));
  }
  if (factories.length === 0) return undefined;

  const url = tunnel ?? (dsn ? envelopeEndpoint(dsn, sdk) : "");
  const transport = fanOut(factories)({ ...options.transportOptions, url, recordDroppedEvent });
  return { transport, dsn: tunnel ? dsn?.text : undefined };
}
