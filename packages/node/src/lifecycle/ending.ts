import { serializeEnvelope } from "@spanmeter/core";
import type {
  Drop,
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
import { onProcessEnd } from "./on-process-end.js";
import { flushWhenIdle } from "./process-end.js";
import { resend } from "./resend.js";
import { sendNow } from "./send-now.js";
import type { Shutdown } from "./shutdown-options.js";
import { writeSpool } from "./spool.js";

export interface EndingOptions extends Shutdown {
  /** Makes the transport for ordinary times. */
  readonly make: TransportFactory;
  /** Whether a worker thread can stand in for that transport: it speaks HTTP as ours does. */
  readonly byWorker: boolean;
  readonly dsn: string;
  readonly onDrop?: ((drop: Drop) => void) | undefined;
}

export interface Ending {
  /** Remembers what is under way, and once the process ends, what would come too late. */
  readonly transport: TransportFactory;
  start(client: Lifecycle): Undo;
}

/** How long a process that has sent nothing yet waits until it sends what others left behind. */
const RESEND_AFTER_MS = 5000;

/**
 * Makes sure that what is recorded outlives the process: sent while it ends, or kept in a file for the
 * next one. Delivery is at least once: what was under way without an answer is sent again.
 */
export function createEnding(options: EndingOptions): Ending {
  const underWay = new Set<Envelope>();
  let late: Envelope[] | undefined;
  let ending = false;
  let letGo: Undo | undefined;
  let inner: Transport;
  let given: TransportOptions;
  let resending: Promise<void> | undefined;

  function lose(body: Uint8Array, reason: Drop["reason"]): void {
    try {
      const metrics = countOf(body);
      if (metrics > 0) options.onDrop?.({ reason, metrics, bytes: body.length });
    } catch {
      // The application's own fault must not hold up the end.
    }
  }
  function keep(bodies: readonly Uint8Array[]): void {
    const { spool, dsn } = options;
    const safe = spool ? writeSpool(spool, dsn, bodies) : 0;
    for (const body of bodies.slice(safe)) lose(body, "network_error");
  }
  /** `true` when an envelope that did not arrive is safe in a file. */
  function keepOne(envelope: Envelope): boolean {
    const { spool, dsn } = options;
    return ending && spool !== false && writeSpool(spool, dsn, [bytesOf(envelope)]) === 1;
  }

  async function send(envelope: Envelope): Promise<TransportResponse> {
    if (late) {
      late.push(envelope);
      return new Promise(() => {});
    }
    underWay.add(envelope);
    try {
      const response = await inner.send(envelope);
      if (!mayArriveLater(response.statusCode ?? 200)) sendTheOld();
      else if (keepOne(envelope)) return {};
      return response;
    } catch (error) {
      if (keepOne(envelope)) return {};
      throw error;
    } finally {
      underWay.delete(envelope);
      if (underWay.size === 0) letGo?.();
    }
  }

  function sendTheOld(): void {
    const { spool, dsn } = options;
    if (spool === false) return;
    resending ??= resend({ folder: spool, dsn, lost: lose, send: again }).catch(() => {});
  }
  async function again(envelope: Envelope): Promise<"done" | "refused" | "later"> {
    if (letGo || late) return "later";
    const { statusCode } = await Promise.resolve(inner.send(envelope)).catch(() => ({
      statusCode: 0,
    }));
    if (statusCode === undefined || mayArriveLater(statusCode)) return "later";
    return statusCode < 300 ? "done" : "refused";
  }

  async function flushAtEnd(client: Lifecycle): Promise<boolean> {
    ending = true;
    const until = Date.now() + options.timeout;
    if (!(await client.flush(options.timeout))) return false;
    if (resending) await whileHeldOpen(Promise.race([resending, after(until - Date.now())]));
    return true;
  }

  function over(client: Lifecycle, since: number): void {
    late = [...underWay];
    underWay.clear();
    client.drain();
    const bodies = late.map(bytesOf);
    late = [];
    if (bodies.length === 0) return;
    const left = options.byWorker ? options.timeout - (Date.now() - since) : 0;
    const statuses = trySend(bodies, given, left);
    keep(bodies.filter((_, at) => mayArriveLater(statuses[at] ?? 0)));
    for (const [at, body] of bodies.entries())
      if ((statuses[at] ?? 0) >= 300 && !mayArriveLater(statuses[at] ?? 0))
        lose(body, "send_error");
  }

  return {
    transport(made) {
      given = made;
      inner = options.make(made);
      return { send, flush: (timeout) => inner.flush(timeout) };
    },
    start(client) {
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
        // Nobody will try these again.
        ending = true;
        letGo = undo;
        if (underWay.size === 0) undo();
      };
    },
  };
}

const after = (ms: number): Promise<void> =>
  new Promise((resolve) => void exit.setTimer(resolve, Math.max(0, ms)));

const bytesOf = (envelope: Envelope): Uint8Array => serializeEnvelope(envelope, exit.encodeUtf8);

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

/** How many metrics an envelope of ours carries. */
function countOf(body: Uint8Array): number {
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString();
  return Number(/"item_count":(\d+)/.exec(text)?.[1] ?? 0);
}
