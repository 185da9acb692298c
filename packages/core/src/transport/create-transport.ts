import { withTimeout, type Timers } from "../engine/with-timeout.js";
import type { Envelope, Transport, TransportResponse } from "../contract/transport.js";
import { serializeEnvelope } from "./serialize.js";

/** The functions of a platform that a transport needs. */
export interface TransportRuntime extends Timers {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly encodeUtf8: (text: string) => Uint8Array;
}

/** Sends one serialised envelope. Rejects when no answer came. */
export type Request = (body: Uint8Array) => PromiseLike<TransportResponse>;

/** Makes a transport out of a request. Its `flush` waits for the requests in flight. */
export function createTransport(
  request: Request,
  runtime: TransportRuntime,
  serialize: typeof serializeEnvelope = serializeEnvelope,
): Transport {
  const inFlight = new Set<Promise<unknown>>();

  async function start(envelope: Envelope): Promise<TransportResponse> {
    return request(serialize(envelope, runtime.encodeUtf8));
  }

  return {
    send(envelope) {
      const sending = start(envelope);
      const forget = (): unknown => inFlight.delete(sending);
      inFlight.add(sending);
      sending.then(forget, forget);
      return sending;
    },
    flush: (timeoutMs) =>
      // Sentry's SDKs say 0 or nothing for "however long it takes".
      withTimeout(
        Promise.allSettled(inFlight).then(() => true),
        timeoutMs || undefined,
        false,
        runtime,
      ),
  };
}
