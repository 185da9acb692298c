import type { Transport, TransportFactory, TransportOptions } from "@spanmeter/core";
import type { Reply } from "../servers/ingest-reply.js";
import { startIngest } from "../servers/ingest-server.js";

/** One envelope that reached the server of a rig. */
export interface Arrival {
  /** The decoded body. */
  readonly body: Uint8Array;
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined };
}

/** A transport and its server, for one test of the contract. */
export interface TransportRig {
  /** Creates the transport with the server's URL. */
  create(options?: Partial<TransportOptions>): Transport;
  /** Returns the envelopes that arrived. */
  arrivals(): readonly Arrival[] | Promise<readonly Arrival[]>;
  /** Closes the server. */
  close(): void | Promise<void>;
}

/** A rig whose server answers over HTTP. */
export interface HttpTransportRig extends TransportRig {
  /** Sets the answer to further requests. */
  reply(reply: Reply): void | Promise<void>;
}

/** Creates a rig with an HTTP server on loopback. */
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
