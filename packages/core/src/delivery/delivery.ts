import type { Envelope } from "@sentry/core";
import type { Diagnostics } from "../diagnostics.js";
import type { Undo } from "../platform.js";
import { exactSize } from "../size.js";
import type { Transport } from "../transport-contract.js";
import type { Waiting } from "../waiting.js";
import { within } from "../within.js";
import type { ClientReports, Discarded } from "./client-reports.js";
import type { Ledger } from "./ledger.js";
import { classify, lossOf, type Outcome } from "./outcome.js";
import type { RateLimitResponse, RateLimits } from "../rate-limits.js";

/** Brings batches to the transport and books how each one ended. */
export interface Delivery {
  deliver(batch: readonly Waiting[]): { readonly taken: number; readonly done: Promise<void> };
  /** Sends what was lost so far, when there is anything to tell. */
  report(): Promise<void>;
  /** A transport of another SDK tells that it gave metrics up by itself. */
  givenUp(reason: string, category: string): void;
}

interface Parts {
  readonly encode: (batch: readonly Waiting[]) => { payload: Uint8Array; count: number };
  /** Makes an envelope of a container, of a report, or of both. */
  readonly wrap: (
    container: { payload: Uint8Array; count: number } | undefined,
    discarded: readonly Discarded[],
  ) => Envelope;
  readonly transport: Transport;
  readonly limits: RateLimits;
  readonly reports: ClientReports;
  readonly ledger: Ledger;
  readonly diagnostics: Diagnostics;
  readonly setTimer: (fn: () => void, ms: number) => Undo;
  /** Milliseconds one send may take. */
  readonly sendTimeout: number;
}

export function createDelivery(parts: Parts): Delivery {
  const { transport, limits, reports, ledger, diagnostics } = parts;
  /** Reasons told by the transport, in the order of the sends they belong to. */
  const reasonsGiven: string[] = [];

  const send = (envelope: Envelope): Promise<Outcome> =>
    within<Outcome>(
      attempt(envelope),
      parts.sendTimeout,
      { kind: "retry", reason: "network_error" },
      parts.setTimer,
    );

  async function attempt(envelope: Envelope): Promise<Outcome> {
    try {
      const response: RateLimitResponse = (await transport.send(envelope)) ?? {};
      limits.update(response);
      const given = reasonsGiven.shift();
      // An offline transport tells `network_error` of the attempt, then keeps the envelope itself.
      if (given && !(given === "network_error" && response.statusCode === undefined))
        return { kind: "rejected", reason: knownReason(given) };
      return classify(response);
    } catch (error) {
      reasonsGiven.shift();
      diagnostics.step?.(`send failed: ${String(error)}`);
      return { kind: "retry", reason: "network_error" };
    }
  }

  function book(batch: readonly Waiting[], outcome: Outcome): void {
    if (outcome.kind === "delivered") return ledger.delivered(batch.length);
    const reason = lossOf(outcome);
    for (const [name, { metrics, bytes }] of byName(batch))
      // After a 429 the server itself counts what it refused (wire.md 4).
      ledger.drop({ reason, metrics, bytes, name }, { report: outcome.kind !== "limited" });
  }

  async function sendAndBook(
    container: { payload: Uint8Array; count: number } | undefined,
    batch: readonly Waiting[],
  ): Promise<void> {
    const discarded = reports.take();
    const outcome = await send(parts.wrap(container, discarded));
    diagnostics.step?.(`sent ${batch.length} metrics: ${outcome.kind}`);
    if (outcome.kind === "retry") reports.putBack(discarded);
    book(batch, outcome);
  }

  return {
    deliver(batch) {
      // Either category stops metrics (wire.md 2.6).
      if (limits.isLimited("trace_metric", "trace_metric_byte")) {
        for (const [name, { metrics, bytes }] of byName(batch))
          ledger.drop({ reason: "ratelimit_backoff", metrics, bytes, name });
        return { taken: batch.length, done: Promise.resolve() };
      }
      const container = parts.encode(batch);
      ledger.sent(container.payload.length);
      const sent = batch.slice(0, container.count);
      return { taken: container.count, done: sendAndBook(container, sent) };
    },
    async report() {
      if (limits.isLimited()) return;
      const discarded = reports.take();
      if (discarded.length === 0) return;
      reports.putBack(discarded);
      await sendAndBook(undefined, []);
    },
    givenUp(reason, category) {
      if (category === "trace_metric") reasonsGiven.push(reason);
    },
  };
}

/** Losses are announced by name. */
function byName(batch: readonly Waiting[]): Map<string, { metrics: number; bytes: number }> {
  const names = new Map<string, { metrics: number; bytes: number }>();
  for (const metric of batch) {
    const { name } = metric.series;
    const { metrics, bytes } = names.get(name) ?? { metrics: 0, bytes: 0 };
    names.set(name, { metrics: metrics + 1, bytes: bytes + exactSize(metric) });
  }
  return names;
}

/** Sentry's pipeline clears reasons it does not know; its transports give these two. */
function knownReason(reason: string): "ratelimit_backoff" | "queue_overflow" | "send_error" {
  return reason === "ratelimit_backoff" || reason === "queue_overflow" ? reason : "send_error";
}
