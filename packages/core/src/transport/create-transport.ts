import { withTimeout, type Timers } from "../engine/with-timeout.js";
import type { Transport, TransportResponse } from "../contract/transport.js";
import { serializeEnvelope } from "./serialize.js";

/** What a transport needs of its platform. */
export interface Exit extends Timers {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly encodeUtf8: (text: string) => Uint8Array;
}

/** Sends one serialised envelope. Rejects when no answer came. */
export type Request = (body: Uint8Array) => PromiseLike<TransportResponse>;

/** Makes a transport out of a request. */
export function createTransport(
  request: Request,
  exit: Exit,
  serialize: typeof serializeEnvelope = serializeEnvelope,
): Transport {
  const underWay = new Set<Promise<unknown>>();
  return {
    send(envelope) {
      const sending = (async () => request(serialize(envelope, exit.encodeUtf8)))();
      const forget = (): unknown => underWay.delete(sending);
      underWay.add(sending);
      sending.then(forget, forget);
      return sending;
    },
    flush: (timeoutMs) =>
      // Sentry's SDKs say 0 or nothing for "however long it takes".
      withTimeout(
        Promise.allSettled(underWay).then(() => true),
        timeoutMs || undefined,
        false,
        exit,
      ),
  };
}
