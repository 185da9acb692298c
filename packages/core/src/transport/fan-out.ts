import type { Envelope, Transport, TransportFactory } from "../contract/transport.js";

/** Copies under way at once; beyond it they are left out, so that one that hangs holds nothing up. */
const MAX_COPIES = 30;

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
      make(i ? { ...options, recordDroppedEvent() {} } : options),
    );
    let copies = 0;
    async function copy(to: Transport, envelope: Envelope): Promise<void> {
      if (copies >= MAX_COPIES) return;
      copies++;
      try {
        await to.send(envelope);
      } catch {}
      copies--;
    }
    return {
      send(envelope) {
        // The first one's turn comes first, as if it were alone.
        const answer = (async () => (all[0] as Transport).send(envelope))();
        for (const each of all.slice(1)) void copy(each, envelope);
        return answer;
      },
      async flush(timeoutMs) {
        const ends = await Promise.allSettled(
          all.map(async (each) => each.flush?.(timeoutMs) ?? true),
        );
        return ends.every((end) => "value" in end && end.value);
      },
    };
  };
}
