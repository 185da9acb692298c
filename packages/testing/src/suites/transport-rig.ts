import type { Transport, TransportFactory, TransportOptions } from "@spanmeter/core";
import type { Reply } from "../servers/ingest-reply.js";
import { startIngest } from "../servers/ingest-server.js";

/** One envelope that reached the far end of a transport. */
export interface Arrival {
  /** Decoded. */
  readonly body: Uint8Array;
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined };
}

/** A transport with its far end, for one test of the contract. */
export interface TransportRig {
  /** Makes the transport, pointed at the far end. */
  create(options?: Partial<TransportOptions>): Transport;
  arrivals(): readonly Arrival[] | Promise<readonly Arrival[]>;
  close(): void | Promise<void>;
}

/** A far end that answers. */
export interface HttpTransportRig extends TransportRig {
  /** How requests are answered from now on. */
  reply(reply: Reply): void | Promise<void>;
}

/** A rig around a real HTTP server on loopback. */
export async function createHttpRig(factory: TransportFactory): Promise<HttpTransportRig> {
  const server = await startIngest({ rules: { foreign: true } });
  const url = `${server.url}/api/1/envelope/?sentry_version=7&sentry_key=public`;
  return {
    create: (options) => factory({ url, recordDroppedEvent: () => {}, ...options }),
    arrivals: () => server.requests,
    reply: (reply) => server.reply(reply),
    close: () => server.close(),
  };
}
