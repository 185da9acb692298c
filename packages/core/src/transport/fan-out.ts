import type { Transport, TransportFactory } from "../contract/transport.js";
import { createSendCopy } from "./send-copy.js";

/**
 * Sends every envelope to several destinations. Only the first one counts: its answers and its rate limits
 * are those of the transport. Copies to the others may fail unnoticed.
 *
 * @throws TypeError when the list is empty.
 */
export function fanOut(makers: readonly TransportFactory[]): TransportFactory {
  if (__DEV__ && makers.length === 0) throw new TypeError("fanOut needs at least one transport.");
  return (options) => {
    const all = makers.map((make, i) =>
      make(i ? { ...options, recordDroppedEvent() {} } : options),
    );
    const sendCopy = createSendCopy();
    return {
      send(envelope) {
        // The first one is called first, as if it were alone.
        const answer = (async () => (all[0] as Transport).send(envelope))();
        for (const each of all.slice(1)) void sendCopy(each, envelope);
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
