import { classifyStatus } from "@spanmeter/core";
import type { StatusClass, TransportOptions } from "@spanmeter/core";
import type { Leftovers } from "../spool/spool.js";
import { sendNow } from "./send-sync.js";

export interface LastChance {
  readonly bodies: readonly Uint8Array[];
  /** What the ordinary transport was made with. */
  readonly given: TransportOptions;
  /** How long this may take, in milliseconds; 0 when nothing may be sent. */
  readonly timeout: number;
  /** Sentry asked for a pause. */
  readonly isLimited: boolean;
}

/** This thread stands still while another one sends; what is not taken is kept for the next process. */
export function takeLastChance(leftovers: Leftovers, chance: LastChance): void {
  const { bodies, isLimited } = chance;
  if (bodies.length === 0) return;
  const statuses = trySend(chance);
  const those = (...classes: readonly StatusClass[]): Uint8Array[] =>
    bodies.filter((_, at) => classes.includes(classifyStatus(statuses[at] ?? 0)));
  const reason = isLimited ? "ratelimit_backoff" : "network_error";
  leftovers.keepOrLose(those("retry", "rate-limited"), reason);
  // There is no time to divide it: the next process does.
  leftovers.keepOrLose(those("too-large"), "send_error");
  for (const body of those("rejected")) leftovers.lose(body, "send_error");
}

function trySend({ bodies, given, timeout }: LastChance): readonly number[] {
  try {
    return sendNow(bodies, given, timeout);
  } catch {
    // Threads may be forbidden, and a process may be out of memory.
    return [];
  }
}
