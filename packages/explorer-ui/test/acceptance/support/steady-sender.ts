import { send, type Json } from "./envelopes.js";

interface Traffic {
  readonly perSecond: number;
  readonly seconds: number;
  /** The item with this number. */
  readonly item: (number: number) => Json;
}

/** How often a batch leaves, in milliseconds. */
const PERIOD_MS = 100;

/** Sends metrics at a steady rate; what a busy machine could not send in time is sent with the next batch. Returns how many. */
export async function sendSteadily(
  url: string,
  { perSecond, seconds, item }: Traffic,
): Promise<number> {
  const total = perSecond * seconds;
  const startedAt = performance.now();
  let sent = 0;
  while (sent < total) {
    const elapsed = (performance.now() - startedAt) / 1_000;
    const due = Math.min(total, Math.ceil(elapsed * perSecond) || 1);
    const batch = Array.from({ length: due - sent }, (_, index) => item(sent + index));
    if (batch.length > 0) await send(url, "trace_metric", batch);
    sent = due;
    await new Promise((resolve) => setTimeout(resolve, PERIOD_MS));
  }
  return sent;
}
