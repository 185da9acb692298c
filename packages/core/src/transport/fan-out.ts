import type { Envelope, TransportMakeRequestResponse } from "@sentry/core";
import type { Transport, TransportFactory } from "../transport-contract.js";

/**
 * Sends every envelope to several destinations. The first one is the one that counts: its answer and
 * its rate limits are the transport's; what befalls the copies is their own affair.
 */
export function fanOut(factories: readonly TransportFactory[]): TransportFactory {
  return (options) => {
    const [first, ...copies] = factories.map((make, index) =>
      make(index === 0 ? options : { ...options, recordDroppedEvent: () => {} }),
    );
    if (!first) throw new TypeError("fanOut needs at least one transport.");
    return joined(first, copies);
  };
}

function joined(first: Transport, copies: readonly Transport[]): Transport {
  return {
    send(envelope: Envelope): PromiseLike<TransportMakeRequestResponse> {
      for (const copy of copies) void attempt(() => copy.send(envelope));
      return first.send(envelope);
    },
    async flush(timeoutMs) {
      const all = await Promise.all(
        [first, ...copies].map((each) => attempt(() => each.flush(timeoutMs))),
      );
      return all.every(Boolean);
    },
  };
}

async function attempt<T>(call: () => PromiseLike<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch {
    return undefined;
  }
}
