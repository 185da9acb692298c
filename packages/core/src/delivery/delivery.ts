import type { Diagnostics } from "../diagnostics.js";
import type { DropReason } from "../drop.js";
import type { Platform } from "../platform.js";
import type { RateLimits } from "../rate-limits.js";
import type { Envelope, Transport } from "../transport-contract.js";
import { exactSize, type Waiting } from "../waiting.js";
import { within } from "../within.js";
import type { Ledger, Losses } from "./ledger.js";
import { classify, NO_ANSWER, type Outcome } from "./outcome.js";

/** Brings batches to the transport and books how each one ended. */
export interface Delivery {
  deliver(batch: readonly Waiting[]): { readonly taken: number; readonly done: Promise<void> };
  /** Sends what was lost so far, when there is anything to tell. */
  report(): Promise<void>;
  /** A transport of another SDK tells that it gave metrics up by itself. */
  givenUp(reason: string, category: string): void;
}

interface Container {
  readonly payload: Uint8Array;
  readonly count: number;
}

interface Parts {
  readonly encode: (batch: readonly Waiting[]) => Container;
  readonly wrap: (container: Container | undefined, losses: Losses | undefined) => Envelope;
  readonly transport: Transport;
  readonly limits: RateLimits;
  readonly ledger: Ledger;
  /** Milliseconds one send may take. */
  readonly sendTimeout: number;
}

export function createDelivery(
  { encode, wrap, transport, limits, ledger, sendTimeout }: Parts,
  { setTimer, encodeUtf8 }: Platform,
  diagnostics: Diagnostics,
): Delivery {
  /** Text while the transport is handed an envelope: why it keeps back the metrics, if it does. */
  let heldBack: string | undefined;
  /** How many envelopes it refused later on, because its own buffer was full. */
  let refused = 0;

  async function attempt(envelope: Envelope): Promise<Outcome> {
    try {
      heldBack = "";
      const sending = transport.send(envelope);
      const reason = heldBack as string | undefined;
      heldBack = undefined;
      const response = (await sending) ?? {};
      limits.update(response);
      if (reason) return { kind: "rejected", reason: knownReason(reason) };
      // Such a transport resolves without a status, as one does that stored the envelope.
      return !response.statusCode && refused > 0 && refused--
        ? { kind: "rejected", reason: "queue_overflow" }
        : classify(response);
    } catch (error) {
      diagnostics.step?.(`send failed: ${String(error)}`);
      return NO_ANSWER;
    }
  }

  async function send(batch: readonly Waiting[], container?: Container): Promise<void> {
    const losses = ledger.takeLosses();
    const { kind, reason } = await within(
      attempt(wrap(container, losses)),
      sendTimeout,
      NO_ANSWER,
      setTimer,
    );
    diagnostics.step?.(`sent ${batch.length} metrics: ${kind}`);
    if (kind === "retry") ledger.putBack(losses);
    if (kind === "delivered") ledger.delivered(batch.length);
    // After a 429 the server itself counts what it refused (wire.md 4).
    else lose(batch, reason, kind === "limited");
  }

  /** Losses are announced name by name. */
  function lose(batch: readonly Waiting[], reason: DropReason, isKnown?: boolean): void {
    for (const name of new Set(batch.map((metric) => metric.name))) {
      const lost = batch.filter((metric) => metric.name === name);
      const bytes = lost.reduce((sum, metric) => sum + exactSize(metric, encodeUtf8), 0);
      ledger.drop({ reason, name, metrics: lost.length, bytes }, isKnown);
    }
  }

  return {
    deliver(batch) {
      // Either category stops metrics (wire.md 2.6).
      if (limits.isLimited("trace_metric", "trace_metric_byte")) {
        lose(batch, "ratelimit_backoff");
        return { taken: batch.length, done: Promise.resolve() };
      }
      const container = encode(batch);
      ledger.sent(container.payload.length);
      return { taken: container.count, done: send(batch.slice(0, container.count), container) };
    },
    async report() {
      const losses = limits.isLimited() ? undefined : ledger.takeLosses();
      ledger.putBack(losses);
      if (losses) await send([]);
    },
    givenUp(reason, category) {
      if (category !== "trace_metric") return;
      if (heldBack !== undefined) heldBack = reason;
      else if (reason === "queue_overflow") refused++;
    },
  };
}

/** Sentry's pipeline clears reasons it does not know; its transports give these two. */
function knownReason(reason: string): DropReason {
  return reason === "ratelimit_backoff" || reason === "queue_overflow" ? reason : "send_error";
}
