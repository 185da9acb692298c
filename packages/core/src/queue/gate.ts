import type { BatchEnd } from "../contract/batch.js";
import type { Engine } from "../contract/engine.js";

/** Decides when something may be sent: the pauses after failures, and those that Sentry asks for. */
export interface Gate {
  /** How many batches may be in flight; 0 during a pause. */
  slots(): number;
  /** Whether Sentry asked for the current pause. */
  isLimited(): boolean;
  /** Milliseconds until the current pause ends; 0 when there is none, or its end has passed. */
  remainingMs(): number;
  /** Learns from the end of a batch; `true` when nothing may be sent for a while. */
  update(end: BatchEnd): boolean | undefined;
  /** Ends a pause. One batch goes ahead, so that a server that recovers is not overrun. */
  open(slots?: number): void;
}

/** With jitter a pause could end before it began, or never begin where `Math.random` was replaced. */
const SHORTEST_PAUSE_MS = 50;
/** The first pause lasts at most this long, the next at most twice as long, and so on. */
const FIRST_PAUSE_MS = 1000;

/** Pauses follow the monotonic clock: setting the time of a machine neither cuts nor stretches them. */
export function createGate(engine: Engine): Gate {
  const { monotonicMs, random, settings } = engine;
  const { retries } = engine.platform;
  let slots = settings.maxInFlight;
  let opensAtMs = 0;
  let isLimited = false;
  let failures = 0;

  /**
   * Pauses after failures have full jitter: clients that failed together retry at different times
   * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
   */
  const backOffMs = (): number =>
    random() * Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), retries.longestPauseMs);

  return {
    slots: () => slots,
    isLimited: () => isLimited,
    remainingMs: () => Math.max(0, Math.ceil(opensAtMs - monotonicMs())),
    update({ pauseMs, isRateLimit }) {
      if (pauseMs === undefined) {
        failures = 0;
        slots &&= settings.maxInFlight;
        return false;
      }
      // A client that closes takes its last chance now.
      if (engine.isClosed()) return false;
      // A batch that fails along with another one says nothing new about the server.
      if (slots && !isRateLimit) failures++;
      const ms = isRateLimit ? pauseMs : Math.max(SHORTEST_PAUSE_MS, pauseMs, backOffMs());
      slots = 0;
      isLimited ||= Boolean(isRateLimit);
      opensAtMs = Math.max(opensAtMs, monotonicMs() + ms);
      return true;
    },
    open(some = 1) {
      slots = some;
      opensAtMs = 0;
      isLimited = false;
    },
  };
}
