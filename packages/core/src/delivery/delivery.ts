import type { Drop, DropReason } from "../drop.js";
import type { RateLimits } from "../rate-limits.js";
import type { Envelope, Transport } from "../transport-contract.js";
import { exactSize, type Waiting } from "../waiting.js";
import { within } from "../within.js";
import type { World } from "../world.js";
import type { GateKeeper } from "./gate.js";
import type { Ledger, Loss } from "./ledger.js";
import { classify, NO_ANSWER, type Outcome } from "./outcome.js";

/** Brings batches to the transport and books how each one ended. */
export interface Delivery {
  /** Sends the first metrics of a batch: how many of them, and, at the end, whether to send them again. */
  deliver(batch: readonly Waiting[]): Departure;
  /** Sends what was lost so far, when there is anything to tell. */
  report(): Promise<unknown>;
  /** A transport of another SDK tells that it gave metrics up by itself. */
  givenUp(reason: string, category: string): void;
  /** From here on what cannot be sent at once is lost. */
  close(): void;
}

type Departure = readonly [taken: number, done: Promise<boolean>];

type Encode = (
  world: World,
  batch: readonly Waiting[],
  losses: readonly Loss[],
  maxBytes: number,
) => readonly [envelope: Envelope, count: number, bytes: number];

/** After a 413 each envelope that arrives lets the next one be this much larger. */
const GROWTH = 1.1;

export function createDelivery(
  world: World,
  /** Absent when there is nowhere to send to, and so nothing to deliver. */
  transport: Transport | undefined,
  limits: RateLimits,
  ledger: Ledger,
  encode: Encode,
  gate: GateKeeper,
): Delivery {
  const { books } = ledger;
  /** How a transport with a buffer and rate limits of its own gave metrics up, envelope by envelope. */
  const givenUp: Outcome[] = [];
  /** What servers on the way take at once: halved when it was too large, and found again step by step. */
  let maxBytes = world.maxEnvelopeBytes;
  let isClosed = false;

  /** Either category stops metrics (wire.md 2.6). */
  const pause = (): number => limits.left("trace_metric", "trace_metric_byte");

  async function attempt(envelope: Envelope): Promise<Outcome> {
    try {
      const before = givenUp.length;
      const sending = transport?.send(envelope);
      // What it keeps back it tells at once, and may send the rest of the envelope.
      const keptBack = givenUp.splice(before)[0];
      const response = (await sending) ?? {};
      limits.update(response);
      if (__DEV__ && (response.statusCode ?? 200) >= 400 && response.statusCode !== 429)
        world.warn("send", `Metrics were refused: the server answered ${response.statusCode}.`);
      // What finds its buffer full is told later, and resolves without a status, as what was stored does.
      const late = response.statusCode ? undefined : givenUp.shift();
      return keptBack ?? late ?? classify(response, world.now());
    } catch (error) {
      world.step?.("send failed", error);
      if (__DEV__ && !isNetwork(error))
        world.warn("send", `Metrics could not be sent: ${describe(error)}`);
      return NO_ANSWER;
    }
  }

  /** Answers whether the batch is to be sent again. */
  async function send(
    envelope: Envelope,
    batch: readonly Waiting[],
    losses: readonly Loss[],
    bytes: number,
  ): Promise<boolean> {
    const { sendTimeout } = world.settings;
    const end = await within(attempt(envelope), sendTimeout, NO_ANSWER, world.setTimer);
    const { kind, reason, after = 0 } = end;
    world.step?.(`sent ${batch.length} metrics:`, reason ?? kind);
    // Relay reads reports even while it limits metrics, unless it limits everything (wire.md 4). What is
    // refused for good might be refused for its report: no other metrics are put at that risk.
    if (kind === "limited" ? limits.left() > 0 : reason && kind !== "rejected")
      ledger.putBack(losses);
    if (pause() > 0) gate.limited(pause());
    else if (kind === "retry" || kind === "limited") gate.failed(after);
    else gate.answered();
    const isDivisible = kind === "too-large" && batch.length > 1;
    if (isDivisible) maxBytes = bytes / 2;
    else if (!reason) maxBytes = Math.min(maxBytes * GROWTH, world.maxEnvelopeBytes);
    if (isDivisible || (!isClosed && (kind === "retry" || kind === "limited"))) return true;
    book(batch, reason, kind === "limited");
    return false;
  }

  /** Books the end of metrics. Losses are announced name by name. */
  function book(batch: readonly Waiting[], reason: DropReason | undefined, known: boolean): void {
    const drops = new Map<string, Drop>();
    for (const metric of batch) {
      const { name, calls } = metric;
      books.pending -= calls;
      if (!reason) books.delivered += calls;
      else {
        const { metrics = 0, bytes = 0 } = drops.get(name) ?? {};
        const size = exactSize(metric, world.encodeUtf8);
        drops.set(name, { reason, name, metrics: metrics + calls, bytes: bytes + size });
      }
    }
    for (const drop of drops.values()) ledger.drop(drop, known);
  }

  /** Metrics and losses leave together, or either alone. */
  function depart(batch: readonly Waiting[]): Departure {
    const losses = ledger.takeLosses();
    if (batch.length + losses.length === 0) return [0, Promise.resolve(false)];
    const [envelope, count, bytes] = encode(world, batch, losses, maxBytes);
    books.envelopes++;
    books.bytes += bytes;
    return [count, send(envelope, batch.slice(0, count), losses, bytes)];
  }

  return {
    deliver(batch) {
      if (!isClosed || pause() <= 0) return depart(batch);
      const [envelope, count] = encode(world, batch, [], maxBytes);
      book(batch.slice(0, count), world.keep?.(envelope) ? undefined : "ratelimit_backoff", false);
      return [count, Promise.resolve(false)];
    },
    async report() {
      if (!gate.gate.opensAt) await depart([])[1];
    },
    givenUp(reason, category) {
      // An error is also an answer, or none: what `send` resolves with says the same. Sentry's pipeline
      // clears words it does not know.
      if (category !== "trace_metric" || reason.endsWith("_error")) return;
      if (reason === "ratelimit_backoff" || reason === "queue_overflow")
        givenUp.push({ kind: "retry", reason });
      else givenUp.push({ kind: "rejected", reason: "queue_overflow" });
    },
    close() {
      isClosed = true;
      gate.stop();
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
