import type { Drop, DropReason } from "../drop.js";
import type { RateLimits } from "../rate-limits.js";
import type { Envelope, Transport } from "../transport-contract.js";
import { exactSize, type Waiting } from "../waiting.js";
import { within } from "../within.js";
import type { World } from "../world.js";
import type { Ledger, Loss } from "./ledger.js";
import { classify, NO_ANSWER, type Outcome } from "./outcome.js";

/** Brings batches to the transport and books how each one ended. */
export interface Delivery {
  /** Sends the first metrics of a batch: how many of them, and when that has ended. */
  deliver(batch: readonly Waiting[]): Departure;
  /** Sends what was lost so far, when there is anything to tell. */
  report(): Promise<void>;
  /** A transport of another SDK tells that it gave metrics up by itself. */
  givenUp(reason: string, category: string): void;
}

type Departure = readonly [taken: number, done: Promise<void>];

type Encode = (
  world: World,
  batch: readonly Waiting[],
  losses: readonly Loss[],
) => readonly [envelope: Envelope, count: number, bytes: number];

export function createDelivery(
  world: World,
  /** Absent when there is nowhere to send to, and so nothing to deliver. */
  transport: Transport | undefined,
  limits: RateLimits,
  ledger: Ledger,
  encode: Encode,
): Delivery {
  /** Why a transport with a buffer and rate limits of its own gave metrics up, envelope by envelope. */
  const reasons: DropReason[] = [];

  async function attempt(envelope: Envelope): Promise<Outcome> {
    try {
      const before = reasons.length;
      const sending = transport?.send(envelope);
      // What it keeps back it tells at once, and may send the rest of the envelope.
      const keptBack = reasons.splice(before)[0];
      const response = (await sending) ?? {};
      limits.update(response);
      if (__DEV__ && (response.statusCode ?? 200) >= 400 && response.statusCode !== 429)
        world.warn("send", `Metrics were refused: the server answered ${response.statusCode}.`);
      // What finds its buffer full is told later, and resolves without a status, as what was stored does.
      const reason = keptBack ?? (response.statusCode ? undefined : reasons.shift());
      return reason ? { reason } : classify(response);
    } catch (error) {
      world.step?.("send failed", error);
      if (__DEV__ && !isNetwork(error))
        world.warn("send", `Metrics could not be sent: ${describe(error)}`);
      return NO_ANSWER;
    }
  }

  async function send(
    envelope: Envelope,
    batch: readonly Waiting[],
    losses: readonly Loss[],
  ): Promise<void> {
    const { sendTimeout } = world.settings;
    const end = await within(attempt(envelope), sendTimeout, NO_ANSWER, world.setTimer);
    world.step?.(`sent ${batch.length} metrics:`, end.reason ?? "delivered");
    if (end.retry) ledger.putBack(losses);
    ledger.books.pending -= batch.length;
    if (end.reason) lose(batch, end.reason, end.known === true);
    else ledger.books.delivered += batch.length;
  }

  /** Losses are announced name by name. */
  function lose(batch: readonly Waiting[], reason: DropReason, known: boolean): void {
    const drops = new Map<string, Drop>();
    for (const metric of batch) {
      const { name } = metric;
      const { metrics = 0, bytes = 0 } = drops.get(name) ?? {};
      const size = exactSize(metric, world.encodeUtf8);
      drops.set(name, { reason, name, metrics: metrics + 1, bytes: bytes + size });
    }
    for (const drop of drops.values()) ledger.drop(drop, known);
  }

  /** Metrics and losses leave together, or either alone. */
  function depart(batch: readonly Waiting[]): Departure {
    const losses = ledger.takeLosses();
    if (batch.length + losses.length === 0) return [0, Promise.resolve()];
    const [envelope, count, bytes] = encode(world, batch, losses);
    ledger.books.envelopes++;
    ledger.books.bytes += bytes;
    return [count, send(envelope, batch.slice(0, count), losses)];
  }

  return {
    deliver(batch) {
      // Either category stops metrics (wire.md 2.6).
      if (!limits.isLimited("trace_metric", "trace_metric_byte")) return depart(batch);
      ledger.books.pending -= batch.length;
      lose(batch, "ratelimit_backoff", false);
      return [batch.length, Promise.resolve()];
    },
    async report() {
      if (!limits.isLimited()) await depart([])[1];
    },
    givenUp(reason, category) {
      // An error is also an answer, or none: what `send` resolves with says the same. Sentry's pipeline
      // clears words it does not know.
      if (category === "trace_metric" && !reason.endsWith("_error"))
        reasons.push(reason === "ratelimit_backoff" ? reason : "queue_overflow");
    },
  };
}

interface Failure {
  readonly message?: string;
  readonly code?: unknown;
  readonly cause?: Failure;
}

/**
 * Node names what failed on the way with a code such as ECONNREFUSED. That is nobody's mistake in the
 * set-up, and a tool must not talk of it on the terminal of a user who is offline.
 */
function isNetwork(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as Failure;
  return typeof (code ?? cause?.code) === "string";
}

/** `fetch` says little itself; the cause it names says what went wrong. */
function describe(error: unknown): string {
  const { message, cause } = (error ?? {}) as Failure;
  return [message, cause?.message].filter(Boolean).join(": ") || "the transport gave no reason";
}
