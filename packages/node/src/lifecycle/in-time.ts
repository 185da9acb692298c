import type { Envelope, Transport, TransportResponse, Undo } from "@spanmeter/core";
import { exit } from "../transport/exit.js";

/** Sends, and rejects when no answer comes in time, or when the transport throws at once. */
export async function inTime(
  transport: Transport,
  envelope: Envelope,
  ms: number,
): Promise<TransportResponse | undefined> {
  let undo: Undo | undefined;
  const late = new Promise<never>((_, reject) => {
    const fail = (): void => reject(new Error(`The server did not answer within ${ms} ms.`));
    undo = exit.setTimer(fail, ms);
  });
  try {
    return await Promise.race([transport.send(envelope), late]);
  } finally {
    undo?.();
  }
}
