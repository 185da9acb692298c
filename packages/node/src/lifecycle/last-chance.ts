import type { TransportOptions } from "@spanmeter/core";
import type { Leftovers } from "./leftovers.js";
import { mayArriveLater } from "./may-arrive-later.js";
import { sendNow } from "./send-now.js";

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
  const statusOf = (at: number): number => statuses[at] ?? 0;
  const kept = bodies.filter((_, at) => mayArriveLater(statusOf(at)));
  leftovers.keepOrLose(kept, isLimited ? "ratelimit_backoff" : "network_error");
  for (const [at, body] of bodies.entries())
    if (statusOf(at) >= 300 && !mayArriveLater(statusOf(at))) leftovers.lose(body, "send_error");
}

function trySend({ bodies, given, timeout }: LastChance): readonly number[] {
  try {
    return sendNow(bodies, given, timeout);
  } catch {
    // Threads may be forbidden, and a process may be out of memory.
    return [];
  }
}
