import type {
  Envelope,
  Lifecycle,
  Transport,
  TransportFactory,
  TransportOptions,
  TransportResponse,
  Undo,
} from "@spanmeter/core";
import { exit } from "../transport/exit.js";
import { whileHeldOpen } from "../transport/hold-open.js";
import { bytesOf, createLeftovers } from "./leftovers.js";
import type { LeftoversOptions } from "./leftovers.js";
import { onProcessEnd } from "./on-process-end.js";
import { flushWhenIdle } from "./process-end.js";
import { resend } from "./resend.js";
import { sendNow } from "./send-now.js";

export interface EndingOptions extends LeftoversOptions {
  /** How long the end may wait for answers, in milliseconds. */
  readonly timeout: number;
  /** Makes the transport for ordinary times. */
  readonly make: TransportFactory;
  /** Whether a worker thread can stand in for that transport: it speaks HTTP as ours does. */
  readonly byWorker: boolean;
}

export interface Ending {
  /** Remembers what is under way, and once the process ends, what would come too late. */
  readonly transport: TransportFactory;
  /** Keeps an envelope that must not be sent now for the next process; `false` when it cannot. */
  readonly keep: (envelope: Envelope) => boolean;
  start(client: Lifecycle): Undo;
}

/** How long a process that has sent nothing yet waits until it sends what others left behind. */
const RESEND_AFTER_MS = 5000;

/**
 * Makes sure that what is recorded outlives the process: sent while it ends, or kept in a file for the
 * next one. Delivery is at least once: what was under way without an answer is sent again.
 */
export function createEnding(options: EndingOptions): Ending {
  const { timeout, byWorker, spool, dsn } = options;
  const leftovers = createLeftovers(options);
  const underWay = new Set<Envelope>();
  /** What is handed over once it is too late for an ordinary send. */
  let late: Envelope[] | undefined;
  /** What fails now is not tried again by this process. */
  let ending = false;
  let letGo: Undo | undefined;
  let inner: Transport;
  let given: TransportOptions;
  let isLimited = (): boolean => false;
  let resending: Promise<unknown> | undefined;

  async function send(envelope: Envelope): Promise<TransportResponse> {
    if (late) {
      late.push(envelope);
      return new Promise(() => {});
    }
    underWay.add(envelope);
    try {
      const response = await inner.send(envelope);
      if (!mayArriveLater(response.statusCode ?? 200)) sendTheOld();
      else if (ending && leftovers.keep(envelope)) return {};
      return response;
    } catch (error) {
      if (ending && leftovers.keep(envelope)) return {};
      throw error;
    } finally {
      underWay.delete(envelope);
      if (underWay.size === 0) letGo?.();
    }
  }

  /** What has to wait is tried again after the next envelope of this process that arrives. */
  function sendTheOld(): void {
    if (spool === false) return;
    resending ??= resend({ folder: spool, dsn, lost: leftovers.lose, send: again })
      .then((isDone) => isDone || (resending = undefined))
      .catch(() => {});
  }
  async function again(envelope: Envelope): Promise<"done" | "refused" | "later"> {
    if (letGo || late || isLimited()) return "later";
    const { statusCode } = await Promise.resolve(inner.send(envelope)).catch(() => ({
      statusCode: 0,
    }));
    if (statusCode === undefined || mayArriveLater(statusCode)) return "later";
    return statusCode < 300 ? "done" : "refused";
  }

  /** Nothing is left to do; the process lives on when its listeners find something. */
  async function flushAtEnd(client: Lifecycle): Promise<boolean> {
    ending = true;
    const until = Date.now() + timeout;
    const inTime = await client.flush(timeout);
    ending = letGo !== undefined;
    if (inTime && resending)
      await whileHeldOpen(Promise.race([resending, after(until - Date.now())]));
    return inTime;
  }

  /** The last chance: this thread stands still while another one sends. */
  function over(client: Lifecycle, since: number): void {
    late = [...underWay];
    underWay.clear();
    client.drain();
    const bodies = late.map(bytesOf);
    late = [];
    if (bodies.length === 0) return;
    // What Sentry asked to wait waits in a file.
    const left = byWorker && !isLimited() ? timeout - (Date.now() - since) : 0;
    const statuses = trySend(bodies, given, left);
    const statusOf = (at: number): number => statuses[at] ?? 0;
    leftovers.keepOrLose(bodies.filter((_, at) => mayArriveLater(statusOf(at))));
    for (const [at, body] of bodies.entries())
      if (statusOf(at) >= 300 && !mayArriveLater(statusOf(at))) leftovers.lose(body, "send_error");
  }

  return {
    transport(made) {
      given = made;
      inner = options.make(made);
      return { send, flush: (timeoutMs) => inner.flush(timeoutMs) };
    },
    keep: leftovers.keep,
    start(client) {
      ({ isLimited } = client);
      const idle = flushWhenIdle(client, () => flushAtEnd(client));
      const stopTimer = exit.setTimer(sendTheOld, RESEND_AFTER_MS);
      let waited = false;
      const undo = onProcessEnd({
        idle: () => void idle().then((inTime) => (waited ||= !inTime)),
        // The time that a natural end has waited for is not waited for twice.
        over: (since) => over(client, waited ? 0 : since),
      });
      return () => {
        stopTimer();
        ending = true;
        letGo = undo;
        if (underWay.size === 0) undo();
      };
    },
  };
}

const after = (ms: number): Promise<void> =>
  new Promise((resolve) => void exit.setTimer(resolve, Math.max(0, ms)));

/** No answer, a limit, or a server that is not well: the same envelope may be taken later. */
const mayArriveLater = (status: number): boolean =>
  status === 0 || status === 408 || status === 429 || status >= 500;

function trySend(
  bodies: readonly Uint8Array[],
  given: TransportOptions,
  timeout: number,
): readonly number[] {
  try {
    return sendNow(bodies, given, timeout);
  } catch {
    // Threads may be forbidden, and a process may be out of memory.
    return [];
  }
}
