import type { TransportOptions } from "@spanmeter/core";
import type { Leftovers } from "./leftovers.js";
import { isTooLarge, mayArriveLater } from "./may-arrive-later.js";
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
  const those = (are: (status: number) => boolean): Uint8Array[] =>
    bodies.filter((_, at) => are(statusOf(at)));
  leftovers.keepOrLose(those(mayArriveLater), isLimited ? "ratelimit_backoff" : "network_error");
  // There is no time to divide it: the next process does.
  leftovers.keepOrLose(those(isTooLarge), "send_error");
  for (const body of those(isRefused)) leftovers.lose(body, "send_error");
}

const isRefused = (status: number): boolean =>
  status >= 300 && !mayArriveLater(status) && !isTooLarge(status);

function trySend({ bodies, given, timeout }: LastChance): readonly number[] {
  try {
    return sendNow(bodies, given, timeout);
  } catch {
    // Threads may be forbidden, and a process may be out of memory.
    return [];
  }
}
