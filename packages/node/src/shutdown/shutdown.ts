import { classifyStatus, withTimeout } from "@spanmeter/core";
import type {
  Envelope,
  Lifecycle,
  StatusClass,
  Transport,
  TransportFactory,
  TransportOptions,
  TransportResponse,
  Undo,
} from "@spanmeter/core";
import { bytesOf } from "../transport/http/body.js";
import { exit } from "../runtime/node-runtime.js";
import { whileHeldOpen } from "../runtime/keep-alive.js";
import { inTime } from "../transport/http/with-send-timeout.js";
import { takeLastChance } from "./send-or-store.js";
import { createLeftovers } from "../spool/spool.js";
import type { LeftoversOptions } from "../spool/spool.js";
import { onProcessEnd } from "../process/on-process-end.js";
import { flushWhenIdle } from "../process/flush-when-idle.js";
import { createResending } from "../spool/resend-transport.js";
import { createUnderWay } from "./pending-sends.js";

export interface EndingOptions extends LeftoversOptions {
  /** How long the end may wait for answers, in milliseconds. */
  readonly timeout: number;
  /** Makes the transport for ordinary times. */
  readonly make: TransportFactory;
  /** Whether a worker thread can stand in for that transport: it speaks HTTP as ours does. */
  readonly byWorker: boolean;
  /** How long core waits for an answer, in milliseconds. Then it sends again. */
  readonly sendTimeout: () => number;
}

/** What a transport answers that wrote an envelope down instead: it counts as delivered. */
interface StoredResponse extends TransportResponse {
  readonly isStored?: boolean;
}

const STORED: StoredResponse = { isStored: true };
const MAY_ARRIVE_LATER: readonly StatusClass[] = ["retry", "rate-limited"];

const messageOf = (error: unknown): string => String((error as Partial<Error> | null)?.message);

export interface Ending {
  /** Remembers what is under way, and once the process ends, what would come too late. */
  readonly transport: TransportFactory;
  /** Keeps an envelope that must not be sent now for the next process; `false` when it cannot. */
  readonly keep: (envelope: Envelope) => boolean;
  start(client: Lifecycle): Undo;
}

/** What cannot be encoded must not cost what is under way. */
function drain(client: Lifecycle): void {
  try {
    client.drain();
  } catch {
    // The client has announced it.
  }
}

/** How long a process that has sent nothing yet waits until it sends what others left behind. */
const RESEND_AFTER_MS = 5000;

/**
 * Makes sure that what is recorded outlives the process: sent while it ends, or kept in a file for the
 * next one. Delivery is at least once: what was under way without an answer is sent again.
 */
export function createEnding(options: EndingOptions): Ending {
  const { timeout, byWorker } = options;
  const leftovers = createLeftovers(options);
  const underWay = createUnderWay(attempt, () => {
    // A listener of the application that comes after ours flushes.
    if (deadline !== undefined) sendNow();
    else if (underWay.size() === 0) letGo?.();
  });
  const resending = createResending(
    options,
    options.make,
    leftovers,
    () => deadline !== undefined || letGo !== undefined || isLimited(),
  );
  let inner: Transport;
  let given: TransportOptions;
  let isLimited = (): boolean => false;
  /** What fails now is not tried again by this process. */
  let isEnding = false;
  /** Set once it is too late for ordinary sends. By the monotonic clock, as all that follows. */
  let deadline: number | undefined;
  /** Set once the client is closed. */
  let letGo: Undo | undefined;
  /** Lets go of what a signal that others handle made us put aside. */
  let takeBack: Undo | undefined;

  async function attempt(envelope: Envelope): Promise<StoredResponse> {
    try {
      // What core sends again must not stay under way here too.
      const response = (await inTime(inner, envelope, options.sendTimeout())) ?? {};
      const { statusCode } = response;
      if (!MAY_ARRIVE_LATER.includes(classifyStatus(statusCode))) resending.begin();
      else if (isEnding && leftovers.keep(envelope, `the server answered ${statusCode}`))
        return STORED;
      return response;
    } catch (error) {
      if (isEnding && leftovers.keep(envelope, messageOf(error))) return STORED;
      throw error;
    }
  }

  /** Nothing is left to do; the process lives on when its listeners find something. */
  async function flushAtEnd(client: Lifecycle): Promise<boolean> {
    isEnding = true;
    const until = exit.monotonicMs() + timeout;
    const inTime = await client.flush(timeout);
    isEnding = letGo !== undefined;
    const left = Math.max(0, until - exit.monotonicMs());
    if (inTime) await whileHeldOpen(withTimeout(resending.ended(), left, undefined, exit));
    return inTime;
  }

  function over(client: Lifecycle, since: number): void {
    deadline = undefined;
    underWay.hold();
    drain(client);
    takeBack?.();
    deadline = since + timeout;
    sendNow();
  }

  function sendNow(): void {
    const isPaused = isLimited();
    // What Sentry asked to wait waits in a file.
    const mayBeSent = byWorker && !isPaused;
    takeLastChance(leftovers, {
      bodies: underWay.take().map(bytesOf),
      given,
      timeout: mayBeSent ? (deadline ?? -Infinity) - exit.monotonicMs() : 0,
      isLimited: isPaused,
    });
  }

  function mayBeOver(client: Lifecycle): void {
    underWay.hold();
    drain(client);
    takeBack?.();
    takeBack = leftovers.putAside(underWay.envelopes().map(bytesOf));
  }

  function goesOn(): void {
    deadline = undefined;
    takeBack?.();
    underWay.release(!isLimited());
  }

  return {
    transport(made) {
      given = made;
      inner = resending.transport(made);
      return { send: underWay.send, flush: (timeoutMs) => inner.flush(timeoutMs) };
    },
    keep: (envelope) => leftovers.keep(envelope, "Sentry asked for a pause"),
    start(client) {
      ({ isLimited } = client);
      const idle = flushWhenIdle(client, () => flushAtEnd(client));
      const stopTimer = exit.setTimer(resending.begin, RESEND_AFTER_MS);
      let waited = false;
      const undo = onProcessEnd({
        timeout,
        idle: () => void idle().then((inTime) => (waited ||= !inTime)),
        // The time that a natural end has waited for is not waited for twice.
        over: (since) => over(client, waited ? -Infinity : since),
        mayBeOver: () => mayBeOver(client),
        goesOn,
      });
      return () => {
        stopTimer();
        isEnding = true;
        letGo = undo;
        if (underWay.size() === 0) undo();
      };
    },
  };
}
