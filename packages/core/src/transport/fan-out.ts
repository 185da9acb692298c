import type { TransportFactory } from "../transport-contract.js";

/**
 * Sends every envelope to several destinations. The first one is the one that counts: its answer and
 * its rate limits are the transport's; what befalls the copies is their own affair.
 *
 * @throws TypeError when the list is empty.
 */
export function fanOut([main, ...others]: readonly TransportFactory[]): TransportFactory {
  if (!main) throw new TypeError("fanOut needs at least one transport.");
  return (options) => {
    const first = main(options);
    const copies = others.map((make) => make({ ...options, recordDroppedEvent() {} }));
    return {
      send(envelope) {
        for (const copy of copies) void quietly(() => copy.send(envelope));
        return first.send(envelope);
      },
      flush: async (timeoutMs) =>
        (
          await Promise.all([first, ...copies].map((each) => quietly(() => each.flush(timeoutMs))))
        ).every(Boolean),
    };
  };
}

async function quietly<T>(call: () => PromiseLike<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch {
    return undefined;
  }
}
