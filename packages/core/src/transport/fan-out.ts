import type { TransportFactory } from "../transport-contract.js";

/**
 * Sends every envelope to several destinations. The first one is the one that counts: its answer and
 * its rate limits are the transport's; what befalls the copies is their own affair.
 *
 * @throws TypeError when the list is empty.
 */
export function fanOut([main, ...others]: readonly TransportFactory[]): TransportFactory {
  if (__DEV__ && !main) throw new TypeError("fanOut needs at least one transport.");
  return (options) => {
    const first = (main as TransportFactory)(options);
    const copies = others.map((make) => make({ ...options, recordDroppedEvent() {} }));
    return {
      send(envelope) {
        void Promise.allSettled(copies.map(async (copy) => copy.send(envelope)));
        return first.send(envelope);
      },
      async flush(timeoutMs) {
        const flushed = [first, ...copies].map(async (each) => each.flush(timeoutMs));
        const ends = await Promise.allSettled(flushed);
        return ends.every((end) => "value" in end && end.value);
      },
    };
  };
}
