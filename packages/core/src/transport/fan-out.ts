import type { TransportFactory, TransportResponse } from "../transport-contract.js";

/**
 * Sends every envelope to several destinations. The first one is the one that counts: its answer and
 * its rate limits are the transport's; what befalls the copies is their own affair.
 *
 * @throws TypeError when the list is empty.
 */
export function fanOut(makers: readonly TransportFactory[]): TransportFactory {
  if (__DEV__ && makers.length === 0) throw new TypeError("fanOut needs at least one transport.");
  return (options) => {
    const all = makers.map((make, i) =>
      make(i > 0 ? { ...options, recordDroppedEvent() {} } : options),
    );
    return {
      send(envelope) {
        const answers = all.map(async (each) => each.send(envelope));
        void Promise.allSettled(answers);
        return answers[0] as Promise<TransportResponse>;
      },
      async flush(timeoutMs) {
        const ends = await Promise.allSettled(all.map(async (each) => each.flush(timeoutMs)));
        return ends.every((end) => "value" in end && end.value);
      },
    };
  };
}
