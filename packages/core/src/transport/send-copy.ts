import type { Envelope, Transport } from "../contract/transport.js";

/** Copies in flight at once; further ones are skipped, so that a destination that hangs delays nothing. */
const MAX_COPIES = 30;

/** Makes a function that sends copies best effort: errors and answers are ignored. */
export function createSendCopy(): (to: Transport, envelope: Envelope) => Promise<void> {
  let inFlight = 0;

  return async function sendCopy(to, envelope) {
    if (inFlight >= MAX_COPIES) return;
    inFlight++;
    try {
      await to.send(envelope);
    } catch {}
    inFlight--;
  };
}
