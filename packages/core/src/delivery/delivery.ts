import type { DropReason } from "../drop.js";
import { readLimits } from "../rate-limits.js";
import type { Envelope, Transport } from "../transport-contract.js";
import { exactSize, type Departure, type End, type Waiting } from "../waiting.js";
import { withTimeout } from "../engine/with-timeout.js";
import type { World } from "../world.js";
import { explainAnswer, explainFailure } from "./explain.js";
import type { Ledger, Loss } from "./ledger.js";
import { classify, NO_ANSWER, type Outcome } from "./outcome.js";

/** Brings batches to the transport and books how each one ended. */
export interface Delivery {
  /** Sends the first metrics of a batch, and what was lost so far. */
  deliver(batch: readonly Waiting[]): Departure;
  /** A transport of another SDK tells that it gave metrics up by itself. */
  givenUp(reason: string, category: string): void;
}

type Encode = (
  world: World,
  batch: readonly Waiting[],
  losses: readonly Loss[],
  maxBytes: number,
) => readonly [envelope: Envelope, count: number, bytes: number];

/** After a 413 each envelope that arrives lets the next one be this much larger. */
const GROWTH = 1.1;
/** Either category stops metrics, and so does "" for all of them (wire.md 2.6). */
const OURS: readonly string[] = ["", "trace_metric", "trace_metric_byte"];

export function createDelivery(
  world: World,
  /** Absent when there is nowhere to send to, and so nothing to deliver. */
  transport: Transport | undefined,
  ledger: Ledger,
  encode: Encode,
): Delivery {
  const { books } = ledger;
  /** How a transport with a buffer and rate limits of its own gave metrics up, envelope by envelope. */
  const givenUp: Outcome[] = [];
  /** What servers on the way take at once: halved when it was too large, and found again step by step. */
  let maxBytes = world.maxEnvelopeBytes;
  /** Until when metrics are limited, and until when everything is. */
  let limitedUntil = 0;
  let silentUntil = 0;

  async function attempt(envelope: Envelope): Promise<Outcome> {
    try {
      const before = givenUp.length;
      const sending = transport?.send(envelope);
      // What it keeps back it tells at once, and may send the rest of the envelope.
      const keptBack = givenUp.splice(before)[0];
      const response = (await sending) ?? {};
      const now = world.now();
      for (const [category, ms] of readLimits(response, now)) {
        if (OURS.includes(category)) limitedUntil = Math.max(limitedUntil, now + ms);
        if (!category) silentUntil = Math.max(silentUntil, now + ms);
      }
      if (__DEV__) explainAnswer(world, response);
      // What finds its buffer full is told later, and resolves without a status, as what was stored does.
      const late = response.statusCode ? undefined : givenUp.shift();
      return keptBack ?? late ?? classify(response, now);
    } catch (error) {
      world.step?.("send failed", error);
      if (__DEV__) explainFailure(world, error);
      return NO_ANSWER;
    }
  }

  async function send(
    envelope: Envelope,
    batch: readonly Waiting[],
    losses: readonly Loss[],
    bytes: number,
  ): Promise<End> {
    const { sendTimeout } = world.settings;
    const outcome = await withTimeout(attempt(envelope), sendTimeout, NO_ANSWER, world);
    const { reason, after, isTooLarge } = outcome;
    world.step?.(`sent ${batch.length} metrics:`, reason ?? "delivered");
    const now = world.now();
    const known = reason === "ratelimit_backoff";
    const isDivisible = isTooLarge && batch.length > 1;
    // Relay reads reports even while it limits metrics, unless it limits everything (wire.md 4). What is
    // refused for good might be refused for its report: no other metrics are put at that risk.
    const isFinal = reason === "send_error" && after === undefined && !isTooLarge;
    if (known ? silentUntil > now : reason && !isFinal) losses.forEach(ledger.report);
    if (isDivisible) maxBytes = bytes / 2;
    else if (!reason) maxBytes = Math.min(maxBytes * GROWTH, world.maxEnvelopeBytes);
    const again = isDivisible || (after !== undefined && !world.isClosed);
    if (!again) book(batch, reason, known);
    return limitedUntil > now ? [again, limitedUntil - now, true] : [again, after];
  }

  /** Books the end of metrics. Losses are announced name by name. */
  function book(batch: readonly Waiting[], reason: DropReason | undefined, known: boolean): void {
    if (!reason)
      for (const { calls } of batch) {
        books.pending -= calls;
        books.delivered += calls;
      }
    else
      for (const name of new Set(batch.map((metric) => metric.name))) {
        let metrics = 0;
        let bytes = 0;
        for (const metric of batch)
          if (metric.name === name) {
            metrics += metric.calls;
            bytes += exactSize(metric, world.encodeUtf8);
          }
        books.pending -= metrics;
        ledger.drop({ reason, metrics, bytes, name }, known);
      }
  }

  return {
    deliver(batch) {
      if (batch[0] && world.isClosed && limitedUntil > world.now()) {
        const [envelope, count] = encode(world, batch, [], maxBytes);
        const isSafe = world.keep?.(envelope);
        book(batch.slice(0, count), isSafe ? undefined : "ratelimit_backoff", false);
        return [count, Promise.resolve([false])];
      }
      const losses = ledger.losses.splice(0);
      const [envelope, count, bytes] = encode(world, batch, losses, maxBytes);
      books.envelopes++;
      books.bytes += bytes;
      return [count, send(envelope, batch.slice(0, count), losses, bytes)];
    },
    givenUp(reason, category) {
      // An error is also an answer, or none: what `send` resolves with says the same. Sentry's pipeline
      // clears words it does not know.
      if (category !== "trace_metric" || reason.endsWith("_error")) return;
      const mayPass = reason === "ratelimit_backoff" || reason === "queue_overflow";
      givenUp.push({ reason: "queue_overflow", after: mayPass ? 0 : undefined });
    },
  };
}
