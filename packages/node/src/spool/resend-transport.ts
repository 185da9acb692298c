import { classifyStatus, withRateLimits } from "@spanmeter/core";
import type {
  Envelope,
  StatusClass,
  Transport,
  TransportFactory,
  TransportOptions,
} from "@spanmeter/core";
import { nodeRuntime } from "../runtime/node-runtime.js";
import { readAndSend } from "./read-and-send.js";
import type { SendOutcome } from "./read-and-send.js";
import type { Spool, SpoolOptions } from "./spool.js";
import { ABANDONED_MS } from "./spool-name.js";

/** How the envelopes of earlier processes are sent. */
export interface ResendOptions extends Pick<SpoolOptions, "folder" | "dsn"> {
  readonly spool: Spool;
  /** Makes the transport that the client and old envelopes share. */
  readonly makeTransport: TransportFactory;
  /** Whether that transport follows rate limits by itself. The client follows those of its own sends. */
  readonly followsRateLimits: boolean;
  /** Whether nothing may be sent now. */
  readonly mustWait: () => boolean;
}

/** Sends the envelopes that earlier processes stored, beside those of this process. */
export interface ResendTransport {
  /** Makes the shared transport. Call it before {@link ResendTransport.begin}. */
  connect(options: TransportOptions): Transport;
  /** Starts to send, unless that is running already or has ended within the last ten minutes. */
  begin(): void;
  /** Resolves when the current run has ended. */
  ended(): Promise<unknown>;
}

const OUTCOMES: Readonly<Record<StatusClass, SendOutcome>> = {
  accepted: "accepted",
  retry: "later",
  "rate-limited": "later",
  "too-large": "too-large",
  rejected: "rejected",
};

/** Makes the transport for the envelopes that earlier processes stored. */
export function createResendTransport(options: ResendOptions): ResendTransport {
  const { folder, dsn, spool, mustWait } = options;
  let transport: Transport;
  let running: Promise<unknown> | undefined;
  let endedAtMs = Infinity;
  /** Set during the synchronous part of a send. Drops of old envelopes must not change the client's stats. */
  let onGivenUp: (() => void) | undefined;

  function connect(given: TransportOptions): Transport {
    const recordDroppedEvent: TransportOptions["recordDroppedEvent"] = (...event) =>
      onGivenUp ? onGivenUp() : given.recordDroppedEvent(...event);
    const shared = { ...given, recordDroppedEvent };
    const made = options.makeTransport(shared);
    transport = options.followsRateLimits ? made : withRateLimits(() => made, nodeRuntime)(shared);
    return made;
  }

  async function send(envelope: Envelope): Promise<SendOutcome> {
    if (mustWait()) return "later";
    let isGivenUp = false;
    try {
      onGivenUp = () => (isGivenUp = true);
      const sending = transport.send(envelope);
      onGivenUp = undefined;
      // A transport that reports no status took the envelope, unless it gave it up synchronously.
      const { statusCode = isGivenUp ? 0 : 200 } = (await sending) ?? {};
      return OUTCOMES[classifyStatus(statusCode)];
    } catch {
      return "later";
    } finally {
      onGivenUp = undefined;
    }
  }

  async function run(): Promise<void> {
    try {
      const isDone = await readAndSend({
        folder: folder as string,
        dsn: dsn(),
        send,
        drop: spool.drop,
      });
      // The next envelope of this process that arrives starts it again.
      if (!isDone) running = undefined;
    } catch {
      // The folder cannot be read.
    }
    endedAtMs = nodeRuntime.monotonicMs();
  }

  function begin(): void {
    if (folder === false || !dsn() || mustWait()) return;
    // Other processes may have died since the last run.
    if (nodeRuntime.monotonicMs() - endedAtMs > ABANDONED_MS) running = undefined;
    if (running) return;
    endedAtMs = Infinity;
    running = run();
  }

  async function ended(): Promise<void> {
    await running;
  }

  return { connect, begin, ended };
}
