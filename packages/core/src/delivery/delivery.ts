import type { DropReason } from "../contract/drop.js";
import { readLimits } from "../engine/rate-limits.js";
import type { Envelope, Transport, TransportResponse } from "../contract/transport.js";
import {
  exactSize,
  type BatchEnd,
  type Departure,
  type Send,
  type SendResult,
  type Waiting,
} from "../contract/pending-metric.js";
import type { World } from "../engine/engine.js";
import { explainAnswer, explainBlocked, explainFailure } from "./explain.js";
import type { Ledger, Loss } from "./ledger.js";
import { NO_ANSWER, readAnswer } from "./outcome.js";

/** Brings batches to the transport and accounts for how each one ended. */
export interface Delivery {
  readonly send: Send;
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
/** After so many failures to encode in a row a batch is dropped as `internal_sdk_error`. */
const MAX_ENCODINGS = 3;
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
  /** Sends without an answer, as long as there was never any. */
  let unanswered = 0;
  let failedEncodings = 0;

  /** Never rejects. */
  async function attempt(envelope: Envelope): Promise<SendResult> {
    let keptBack: SendResult | undefined;
    let response: TransportResponse;
    try {
      const before = givenUp.length;
      const sending = transport?.send(envelope);
      // What a transport keeps back it reports synchronously, and may send the rest of the envelope.
      keptBack = givenUp.splice(before)[0];
      response = (await sending) ?? {};
    } catch (error) {
      world.step?.("send failed", error);
      if (__DEV__) explainFailure(world, error);
      return NO_ANSWER;
    }
    // There was an answer: whatever is wrong with its headers, its status decides.
    guard(() => takeLimits(response));
    if (__DEV__) guard(() => explainAnswer(world, response));
    const read = (): SendResult =>
      // What finds its buffer full is reported later, and resolves without a status, as what was stored does.
      (response.statusCode === undefined ? givenUp.shift() : undefined) ??
      readAnswer(response, world.now());
    return keptBack ?? guard(read) ?? NO_ANSWER;
  }

  function takeLimits(response: TransportResponse): void {
    for (const [category, ms] of readLimits(response, world.now())) {
      const untilMs = monotonicMs() + ms;
      if (OURS.includes(category)) limitedUntilMs = Math.max(limitedUntilMs, untilMs);
      if (!category) silentUntilMs = Math.max(silentUntilMs, untilMs);
    }
  }

  /** No server ever answered, however often it was tried. */
  const isBlocked = (): boolean => unanswered >= world.retries.maxUnanswered;

  function settle(
    batch: readonly Waiting[],
    losses: readonly Loss[],
    bytes: number,
    { reason, retryAfterMs, isTooLarge, isUnanswered, isStored }: SendResult,
    isLast?: boolean,
  ): BatchEnd {
    const isKnown = reason === "ratelimit_backoff";
    const isDivisible = isTooLarge && batch.length > 1;
    // Relay reads reports even while it limits metrics, unless it limits everything (wire.md 4). What is
    // refused for good might be refused for its report: no other metrics are put at that risk.
    const isFinal = reason === "send_error" && retryAfterMs === undefined && !isTooLarge;
    if (isKnown ? silentUntilMs > monotonicMs() : reason && !isFinal) losses.forEach(ledger.report);
    if (isDivisible) maxBytes = bytes / 2;
    else if (!reason) maxBytes = Math.min(maxBytes * GROWTH, world.maxEnvelopeBytes);
    // All batches that leave at once when a page is hidden are one try at most.
    if (isUnanswered) unanswered += isLast ? 0 : 1;
    else if (!isStored && reason !== "internal_sdk_error") unanswered = -Infinity;
    if (__DEV__ && isBlocked()) explainBlocked(world);
    const mayRetry = retryAfterMs !== undefined && !world.isClosed && !isBlocked();
    const retry = isDivisible || mayRetry;
    world.step?.(
      `${batch.length} metrics`,
      isStored ? "stored" : retry ? "tried again:" : (reason ?? "delivered"),
      retry ? reason : "",
    );
    if (!retry) book(batch, reason, isKnown);
    const isLost = !retry && Boolean(reason && batch[0]);
    const limitMs = limitedUntilMs - monotonicMs();
    if (limitMs > 0) return { retry, isLost, pauseMs: limitMs, isRateLimit: true };
    return { retry, isLost, pauseMs: mayRetry ? retryAfterMs : undefined };
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
      let metrics = 0;
      let bytes = 0;
      for (const metric of batch)
        if (metric.name === name) {
          metrics += metric.calls;
          bytes += guard(() => exactSize(metric, world.encodeUtf8)) ?? metric.bytes;
        }
      books.pending -= metrics;
      ledger.drop({ reason, metrics, bytes, name }, isKnown);
    }
  }

  /** A departure that needs no transport. */
  const ended = (metrics: readonly Waiting[], result: SendResult): Departure => ({
    taken: metrics.length,
    result: Promise.resolve(result),
    settle: () => settle(metrics, [], 0, result),
  });

  /** Accounts for metrics now, because the process may end before anything else runs. */
  function conclude(metrics: readonly Waiting[], reason: DropReason | undefined): Departure {
    book(metrics, reason, false);
    const settle = (): BatchEnd => ({ isLost: reason !== undefined });
    return { taken: metrics.length, result: Promise.resolve({}), settle };
  }

  return {
    send(metrics, isLast) {
      if (isBlocked()) return ended(metrics, { reason: "network_error", isUnanswered: true });
      const isStoring = metrics[0] && world.isClosed && limitedUntilMs > monotonicMs();
      const losses = isStoring ? [] : [...ledger.losses];
      const encoded = guard(() => encode(world, metrics, losses, maxBytes));
      if (!encoded || !(encoded[1] >= Math.min(1, metrics.length))) {
        if (isLast) return conclude(metrics, "internal_sdk_error");
        // Perhaps by the fault of a moment, such as a patched prototype or a full heap.
        const retryAfterMs = ++failedEncodings % MAX_ENCODINGS ? 0 : undefined;
        return ended(metrics, { reason: "internal_sdk_error", retryAfterMs });
      }
      failedEncodings = 0;
      const [envelope, taken, bytes] = encoded;
      const batch = metrics.slice(0, taken);
      // Sentry asked for a pause, and the client closes.
      if (isStoring)
        return conclude(
          batch,
          guard(() => world.keep?.(envelope)) ? undefined : "ratelimit_backoff",
        );
      ledger.losses.splice(0);
      books.envelopes++;
      books.bytes += bytes;
      return {
        taken,
        result: attempt(envelope),
        settle: (result = NO_ANSWER) => settle(batch, losses, bytes, result, isLast),
      };
    },
    givenUp(reason, category) {
      // An error is also an answer, or none: what `send` resolves with says the same. Sentry's pipeline
      // clears words it does not know.
      if (category !== "trace_metric" || reason.endsWith("_error")) return;
      const mayPass = reason === "ratelimit_backoff" || reason === "queue_overflow";
      givenUp.push({ reason: "queue_overflow", retryAfterMs: mayPass ? 0 : undefined });
    },
  };
}
