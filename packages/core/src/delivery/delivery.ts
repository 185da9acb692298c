import type { DropReason } from "../drop.js";
import { readLimits } from "../rate-limits.js";
import type { Envelope, Transport, TransportResponse } from "../transport-contract.js";
import {
  exactSize,
  type BatchEnd,
  type Outlet,
  type SendResult,
  type Waiting,
} from "../waiting.js";
import type { World } from "../world.js";
import { explainAnswer, explainFailure } from "./explain.js";
import type { Ledger, Loss } from "./ledger.js";
import { NO_ANSWER, readAnswer } from "./outcome.js";

/** Brings batches to the transport and accounts for how each one ended. */
export interface Delivery extends Outlet {
  /** A transport of another SDK says that it gave metrics up by itself. */
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
  const { guard, monotonicMs } = world;
  /** How a transport with a buffer and rate limits of its own gave metrics up, envelope by envelope. */
  const givenUp: SendResult[] = [];
  /** What servers on the way take at most: halved by a 413, and found again step by step. */
  let maxBytes = world.maxEnvelopeBytes;
  /** Until when metrics are limited, and until when everything is, by the monotonic clock. */
  let limitedUntilMs = 0;
  let silentUntilMs = 0;

  /** Never rejects. */
  async function attempt(envelope: Envelope): Promise<SendResult> {
    try {
      const before = givenUp.length;
      const sending = transport?.send(envelope);
      // What a transport keeps back it reports synchronously, and may send the rest of the envelope.
      const keptBack = givenUp.splice(before)[0];
      const response = (await sending) ?? {};
      takeLimits(response);
      if (__DEV__) explainAnswer(world, response);
      // What finds its buffer full is reported later, and resolves without a status, as what was stored does.
      const late = response.statusCode === undefined ? givenUp.shift() : undefined;
      return keptBack ?? late ?? readAnswer(response, world.now());
    } catch (error) {
      world.step?.("send failed", error);
      if (__DEV__) explainFailure(world, error);
      return NO_ANSWER;
    }
  }

  function takeLimits(response: TransportResponse): void {
    for (const [category, ms] of readLimits(response, world.now())) {
      const untilMs = monotonicMs() + ms;
      if (OURS.includes(category)) limitedUntilMs = Math.max(limitedUntilMs, untilMs);
      if (!category) silentUntilMs = Math.max(silentUntilMs, untilMs);
    }
  }

  function settle(
    batch: readonly Waiting[],
    losses: readonly Loss[],
    bytes: number,
    result: SendResult,
  ): BatchEnd {
    const { reason, retryAfterMs, isTooLarge, isUnanswered } = result;
    const isKnown = reason === "ratelimit_backoff";
    const isDivisible = isTooLarge && batch.length > 1;
    // Relay reads reports even while it limits metrics, unless it limits everything (wire.md 4). What is
    // refused for good might be refused for its report: no other metrics are put at that risk.
    const isFinal = reason === "send_error" && retryAfterMs === undefined && !isTooLarge;
    if (isKnown ? silentUntilMs > monotonicMs() : reason && !isFinal) losses.forEach(ledger.report);
    if (isDivisible) maxBytes = bytes / 2;
    else if (!reason) maxBytes = Math.min(maxBytes * GROWTH, world.maxEnvelopeBytes);
    const retry = isDivisible || (retryAfterMs !== undefined && !world.isClosed);
    world.step?.(...describe(batch.length, result, retry));
    if (!retry) book(batch, reason, isKnown);
    const limitMs = limitedUntilMs - monotonicMs();
    return {
      retry,
      isLost: !retry && reason !== undefined,
      ...(limitMs > 0
        ? { pauseMs: limitMs, isRateLimit: true }
        : { pauseMs: retryAfterMs, isUnanswered }),
    };
  }

  /** Accounts for the end of metrics. Losses are announced name by name. */
  function book(batch: readonly Waiting[], reason: DropReason | undefined, isKnown: boolean): void {
    if (!reason) {
      for (const { calls } of batch) {
        books.pending -= calls;
        books.delivered += calls;
      }
      return;
    }
    for (const name of new Set(batch.map((metric) => metric.name))) {
      const lost = batch.filter((metric) => metric.name === name);
      const metrics = lost.reduce((sum, { calls }) => sum + calls, 0);
      books.pending -= metrics;
      ledger.drop({ reason, metrics, bytes: sizeOf(lost), name }, isKnown);
    }
  }

  const sizeOf = (metrics: readonly Waiting[]): number =>
    metrics.reduce(
      (sum, metric) =>
        sum + (guard("measuring", () => exactSize(metric, world.encodeUtf8)) ?? metric.bytes),
      0,
    );

  return {
    send(metrics) {
      if (metrics[0] && world.isClosed && limitedUntilMs > monotonicMs()) {
        const [envelope, taken] = encode(world, metrics, [], maxBytes);
        const isStored = guard("storage", () => world.keep?.(envelope));
        // Booked before a process ends, which may be right after this.
        book(metrics.slice(0, taken), isStored ? undefined : "ratelimit_backoff", false);
        return { taken, result: Promise.resolve({}), settle: () => ({ isLost: !isStored }) };
      }
      const losses = [...ledger.losses];
      const [envelope, taken, bytes] = encode(world, metrics, losses, maxBytes);
      ledger.losses.splice(0);
      books.envelopes++;
      books.bytes += bytes;
      const batch = metrics.slice(0, taken);
      return {
        taken,
        result: attempt(envelope),
        settle: (result = NO_ANSWER) => settle(batch, losses, bytes, result),
      };
    },
    giveUp: (metrics, reason) => book(metrics, reason, false),
    givenUp(reason, category) {
      // An error is also an answer, or none: what `send` resolves with says the same. Sentry's pipeline
      // clears words it does not know.
      if (category !== "trace_metric" || reason.endsWith("_error")) return;
      const mayPass = reason === "ratelimit_backoff" || reason === "queue_overflow";
      givenUp.push({ reason: "queue_overflow", retryAfterMs: mayPass ? 0 : undefined });
    },
  };
}

/** The line that `debug` prints. */
function describe(count: number, { reason, isStored }: SendResult, retry: boolean): unknown[] {
  const metrics = count === 1 ? "1 metric" : `${count} metrics`;
  if (isStored) return [`stored ${metrics}, to be sent later`];
  if (!reason) return [`delivered ${metrics}`];
  return [`could not send ${metrics} (${reason}):`, retry ? "they are tried again" : "dropped"];
}
