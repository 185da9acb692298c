import type { BatchEnd, Departure, Send, SendResult } from "../contract/batch.js";
import type { DropReason } from "../contract/drop.js";
import type { Engine } from "../contract/engine.js";
import type { PendingMetric } from "../contract/pending-metric.js";
import type { Destination, Envelope, TransportResponse } from "../contract/transport.js";
import { limitsMetrics, readLimits } from "../engine/rate-limits.js";
import { exactSize } from "../engine/size.js";
import { explainAnswer, explainBlocked, explainFailure } from "./explain.js";
import type { Ledger, Loss } from "./ledger.js";
import { NO_ANSWER, readAnswer } from "./outcome.js";

/** Hands batches to the transport and accounts for how each one ended. */
export interface Delivery {
  readonly send: Send;
  /** A transport of another SDK reports that it dropped metrics by itself. */
  onDropped(reason: string, category: string): void;
}

type Encode = (
  engine: Engine,
  batch: readonly PendingMetric[],
  losses: readonly Loss[],
  maxBytes: number,
) => EncodedEnvelope;

interface EncodedEnvelope {
  readonly envelope: Envelope;
  /** How many metrics it holds: the first ones of the batch. */
  readonly count: number;
  /** The bytes of its metric container. */
  readonly bytes: number;
}

/** After a 413 each envelope that arrives lets the next one be this much larger. */
const GROWTH = 1.1;
/** After so many failures to encode in a row a batch is dropped as `internal_sdk_error`. */
const MAX_ENCODINGS = 3;

/** Delivers the batches of one client. */
export function createDelivery(
  engine: Engine,
  /** Absent when there is nowhere to send to, and so nothing to deliver. */
  destination: Destination | undefined,
  ledger: Ledger,
  encode: Encode,
  /** Called with the metrics that arrived. */
  onDelivered?: (metrics: readonly PendingMetric[]) => void,
): Delivery {
  const { counts } = ledger;
  const { guard, isClosed, monotonicMs, platform } = engine;
  /** Drops by a transport with its own buffer and rate limits, envelope by envelope. */
  const dropped: SendResult[] = [];
  /** The largest container that servers on the way accept: halved by a 413, then grown step by step. */
  let maxBytes = platform.maxEnvelopeBytes;
  /** Until when metrics are limited, and until when everything is, by the monotonic clock. */
  let limitedUntilMs = 0;
  let silentUntilMs = 0;
  /** Sends without an answer, as long as there was never any. */
  let unanswered = 0;
  let failedEncodings = 0;

  /** Never rejects. */
  async function attempt(envelope: Envelope): Promise<SendResult> {
    const before = dropped.length;
    let heldBack: SendResult | undefined;
    let response: TransportResponse;
    try {
      const transport = destination?.find();
      // A negative status drops the metrics.
      const sending = transport ? transport.send(envelope) : { statusCode: -1 };
      // A transport reports synchronously the items that it holds back, and may send the others.
      heldBack = dropped.splice(before)[0];
      response = (await sending) ?? {};
    } catch (error) {
      // Only when it threw synchronously: what it reported belongs to no answer.
      if (!heldBack) dropped.splice(before);
      engine.step?.("send failed", error);
      if (__DEV__) explainFailure(engine, error);
      return NO_ANSWER;
    }
    // There was an answer: its status decides, even if its headers cannot be read.
    guard(() => takeLimits(response));
    if (__DEV__) guard(() => explainAnswer(engine, response));
    const read = (): SendResult =>
      // Items that its full buffer refuses are reported later, and resolve without a status, as stored ones do.
      (response.statusCode === undefined ? dropped.shift() : undefined) ??
      readAnswer(response, engine.now());
    return heldBack ?? guard(read) ?? NO_ANSWER;
  }

  function takeLimits(response: TransportResponse): void {
    for (const { category, ms } of readLimits(response, engine.now())) {
      const untilMs = monotonicMs() + ms;
      if (limitsMetrics(category)) limitedUntilMs = Math.max(limitedUntilMs, untilMs);
      if (!category) silentUntilMs = Math.max(silentUntilMs, untilMs);
    }
  }

  /** No server ever answered, however often it was tried. */
  const isBlocked = (): boolean => unanswered >= platform.retries.maxUnanswered;

  function settle(
    batch: readonly PendingMetric[],
    losses: readonly Loss[],
    bytes: number,
    { reason, retryAfterMs, isTooLarge, isUnanswered, isStored }: SendResult,
    isLast?: boolean,
  ): BatchEnd {
    const isKnown = reason === "ratelimit_backoff";
    const isDivisible = isTooLarge && batch.length > 1;
    // Relay reads reports even while it limits metrics, unless it limits everything
    // (docs/protocol.md#client-reports). An envelope that is refused for good might be refused because of
    // its report, which then must not spoil another one.
    const isFinal = reason === "send_error" && retryAfterMs === undefined && !isTooLarge;
    if (isKnown ? silentUntilMs > monotonicMs() : reason && !isFinal) losses.forEach(ledger.report);
    if (isDivisible) maxBytes = bytes / 2;
    else if (!reason) maxBytes = Math.min(maxBytes * GROWTH, platform.maxEnvelopeBytes);
    // All batches that leave together when a page is hidden are one try at most.
    if (isUnanswered) unanswered += isLast ? 0 : 1;
    else if (!isStored && reason !== "internal_sdk_error") unanswered = -Infinity;
    if (__DEV__ && isBlocked()) explainBlocked(engine);
    const mayRetry = retryAfterMs !== undefined && !isClosed() && !isBlocked();
    const retry = isDivisible || mayRetry;
    engine.step?.(
      `${batch.length} metrics`,
      isStored ? "stored" : retry ? "tried again:" : (reason ?? "delivered"),
      retry ? reason : "",
    );
    if (!retry) account(batch, reason, isKnown);
    const isLost = !retry && Boolean(reason && batch[0]);
    const limitMs = limitedUntilMs - monotonicMs();
    if (limitMs > 0) return { retry, isLost, pauseMs: limitMs, isRateLimit: true };
    return { retry, isLost, pauseMs: mayRetry ? retryAfterMs : undefined };
  }

  /** Accounts for the end of metrics. Losses are reported name by name. */
  function account(
    batch: readonly PendingMetric[],
    reason: DropReason | undefined,
    isKnown: boolean,
  ): void {
    if (!reason) {
      onDelivered?.(batch);
      for (const { calls } of batch) {
        counts.pending -= calls;
        counts.delivered += calls;
      }
      return;
    }
    for (const name of new Set(batch.map(nameOf))) {
      let metrics = 0;
      let bytes = 0;
      for (const metric of batch)
        if (nameOf(metric) === name) {
          metrics += metric.calls;
          bytes += guard(() => exactSize(metric, engine.encodeUtf8)) ?? metric.bytes;
        }
      counts.pending -= metrics;
      ledger.drop({ reason, metrics, bytes, name }, isKnown);
    }
  }

  /** Accounts for metrics now, because the process may end before anything else runs. */
  function conclude(metrics: readonly PendingMetric[], reason: DropReason | undefined): Departure {
    account(metrics, reason, false);
    const settle = (): BatchEnd => ({ isLost: Boolean(reason && metrics[0]) });
    return { taken: metrics.length, result: Promise.resolve({}), settle };
  }

  function send(metrics: readonly PendingMetric[], isLast?: boolean): Departure {
    if (isBlocked()) return conclude(metrics, "network_error");
    const isStoring = metrics[0] && isClosed() && limitedUntilMs > monotonicMs();
    const losses = isStoring ? [] : [...ledger.losses];
    const encoded = guard(function encodeBatch() {
      const currentBytes = platform.currentEnvelopeBytes?.(isLast) ?? maxBytes;
      return encode(engine, metrics, losses, Math.min(maxBytes, currentBytes));
    });
    if (!encoded || !(encoded.count >= Math.min(1, metrics.length))) {
      if (isLast) return conclude(metrics, "internal_sdk_error");
      // The failure may pass, such as a patched prototype or a full heap.
      const retryAfterMs = ++failedEncodings % MAX_ENCODINGS ? 0 : undefined;
      const failure: SendResult = { reason: "internal_sdk_error", retryAfterMs };
      return {
        taken: metrics.length,
        result: Promise.resolve(failure),
        settle: () => settle(metrics, [], 0, failure),
      };
    }
    failedEncodings = 0;
    const { envelope, count: taken, bytes } = encoded;
    // Sentry asked for a pause, and the client closes.
    if (isStoring)
      return conclude(
        metrics.slice(0, taken),
        guard(() => platform.keep?.(envelope)) ? undefined : "ratelimit_backoff",
      );
    ledger.losses.splice(0);
    counts.envelopes++;
    counts.bytes += bytes;
    return {
      taken,
      result: attempt(envelope),
      settle: (result = NO_ANSWER) => settle(metrics, losses, bytes, result, isLast),
    };
  }

  function onDropped(reason: string, category: string): void {
    // After an error `send` resolves with an answer, or rejects, which says the same. Sentry's pipeline
    // discards reasons that it does not know.
    if (category !== "trace_metric" || reason.endsWith("_error")) return;
    const mayPass = reason === "ratelimit_backoff" || reason === "queue_overflow";
    dropped.push({ reason: "queue_overflow", retryAfterMs: mayPass ? 0 : undefined });
  }

  return { send, onDropped };
}

const nameOf = ({ series }: PendingMetric): string => series.instrument.name;
