import { classifyStatus } from "@spanmeter/core";
import type { Envelope, StatusClass, Transport, TransportFactory } from "@spanmeter/core";
import { exit } from "../runtime/node-runtime.js";
import type { Leftovers, LeftoversOptions } from "./spool.js";
import { resend } from "./read-and-send.js";
import type { SendEnd } from "./read-and-send.js";
import { ABANDONED_MS } from "./spool-name.js";

export interface Resending {
  /** Makes the transport that old envelopes leave by, beside those of this process. */
  readonly transport: TransportFactory;
  /** Begins to send what earlier processes left behind, unless that is under way, or was done lately. */
  begin(): void;
  /** Resolves when what was begun has ended. */
  ended(): Promise<unknown>;
}

const SEND_ENDS: Readonly<Record<StatusClass, SendEnd>> = {
  accepted: "done",
  retry: "later",
  "rate-limited": "later",
  "too-large": "too large",
  rejected: "refused",
};

export function createResending(
  { spool, dsn }: LeftoversOptions,
  make: TransportFactory,
  leftovers: Leftovers,
  mustWait: () => boolean,
): Resending {
  let inner: Transport;
  let resending: Promise<unknown> | undefined;
  let endedAt = Infinity;
  /** What is told of an old envelope is none of the client's books. */
  let giveUp: (() => void) | undefined;

  async function send(envelope: Envelope): Promise<SendEnd> {
    if (mustWait()) return "later";
    let isGivenUp = false;
    try {
      giveUp = () => (isGivenUp = true);
      const sending = inner.send(envelope);
      giveUp = undefined;
      // A transport that tells no status took it, unless it told at once that it did not.
      const { statusCode = isGivenUp ? 0 : 200 } = (await sending) ?? {};
      return SEND_ENDS[classifyStatus(statusCode)];
    } catch {
      return "later";
    } finally {
      giveUp = undefined;
    }
  }

  return {
    transport: (options) =>
      (inner = make({
        ...options,
        recordDroppedEvent: (...told) => (giveUp ? giveUp() : options.recordDroppedEvent(...told)),
      })),
    begin() {
      if (spool === false || !dsn() || mustWait()) return;
      // Whoever had files of their own then may have died since.
      if (exit.monotonicMs() - endedAt > ABANDONED_MS) resending = undefined;
      if (resending) return;
      endedAt = Infinity;
      // What has to wait is tried again after the next envelope of this process that arrives.
      resending = resend({ folder: spool, dsn: dsn(), lost: leftovers.lose, send })
        .then((isDone) => isDone || (resending = undefined))
        .catch(() => {})
        .finally(() => (endedAt = exit.monotonicMs()));
    },
    ended: async () => resending,
  };
}
