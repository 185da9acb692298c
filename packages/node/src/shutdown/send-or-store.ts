import { classifyStatus } from "@spanmeter/core";
import type { StatusClass, TransportOptions } from "@spanmeter/core";
import type { Spool } from "../spool/spool.js";
import { sendSync } from "./send-sync.js";

/** The bodies to send when the process ends, and how. */
export interface LastSend {
  readonly bodies: readonly Uint8Array[];
  /** The options of the client's transport. */
  readonly transportOptions: TransportOptions;
  /** How long this may take, in milliseconds; 0 when nothing may be sent. */
  readonly timeout: number;
  /** Sentry asked for a pause. */
  readonly isRateLimited: boolean;
}

/**
 * Sends bodies while this thread blocks, and decides by the status of each what happens to it: the
 * spool stores those that may be accepted later (no answer, 408, 429, 502, 503, 504) and those that are
 * too large (413). Others are dropped.
 */
export function sendOrStore(spool: Spool, last: LastSend): void {
  const { bodies, isRateLimited } = last;
  if (bodies.length === 0) return;
  const statuses = trySend(last);
  const answered = (...classes: readonly StatusClass[]): Uint8Array[] =>
    bodies.filter((_, at) => classes.includes(classifyStatus(statuses[at] ?? 0)));
  const reason = isRateLimited ? "ratelimit_backoff" : "network_error";
  spool.storeOrDrop(answered("retry", "rate-limited"), reason);
  // There is no time to split them: the next process does.
  spool.storeOrDrop(answered("too-large"), "send_error");
  for (const body of answered("rejected")) spool.drop(body, "send_error");
}

function trySend({ bodies, transportOptions, timeout }: LastSend): readonly number[] {
  try {
    return sendSync(bodies, transportOptions, timeout);
  } catch {
    // Threads may be forbidden, and a process may be out of memory.
    return [];
  }
}
