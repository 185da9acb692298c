import { withTimeout } from "@spanmeter/core";
import type { Envelope, Transport, TransportResponse } from "@spanmeter/core";
import { exit } from "../../runtime/node-runtime.js";

const LATE = Symbol("late");

/** Sends, and rejects when no answer comes in time, or when the transport throws at once. */
export async function inTime(
  transport: Transport,
  envelope: Envelope,
  ms: number,
): Promise<TransportResponse | undefined> {
  const sending = (async (): Promise<TransportResponse | typeof LATE | undefined> =>
    transport.send(envelope))();
  const answer = await withTimeout(sending, ms, LATE, exit);
  if (answer === LATE) throw new Error(`The server did not answer within ${ms} ms.`);
  return answer;
}
