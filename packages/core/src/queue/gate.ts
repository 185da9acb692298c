import type { BatchEnd } from "../waiting.js";
import type { World } from "../world.js";

/** Says when something may be sent: the pauses after failures, and those that Sentry asks for. */
export interface Gate {
  /** How many batches may be in flight; 0 during a pause. */
  slots(): number;
  /** Whether Sentry asked for the current pause. */
  isLimited(): boolean;
  /** Whether no server ever answered, however often it was tried: something blocks every request. */
  isBlocked(): boolean;
  /** Milliseconds until the current pause ends; 0 when there is none, or its end has passed. */
  remainingMs(): number;
  /** Whether there is a pause, even one whose end has passed. */
  isPaused(): boolean;
  /** Takes in how a batch ended; `true` when nothing may be sent for a while. */
  update(end: BatchEnd): boolean;
  /** Ends the current pause. One batch goes ahead, so that a server that recovers is not overrun. */
  open(slots?: number): void;
}

/** The first pause lasts at most this long, the next at most twice as long, and so on. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/** Pauses are measured by the monotonic clock: setting the time of a machine neither cuts nor stretches them. */
export function createGate(world: World): Gate {
  const { maxInFlight } = world.settings;
  const { monotonicMs, random, retries } = world;
  let slots = maxInFlight;
  /** By the monotonic clock; 0 while there is no pause. */
  let opensAtMs = 0;
  let isLimited = false;
  let failures = 0;
  let hasAnswered = false;

  /**
   * Pauses that nobody asked for have full jitter: clients that failed together come back apart
   * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
   */
  function backOffMs(isUnanswered: boolean | undefined): number {
    const longestMs = isUnanswered ? retries.longestPauseMs : LONGEST_PAUSE_MS;
    return random() * Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), longestMs);
  }

  return {
    slots: () => slots,
    isLimited: () => isLimited,
    isBlocked: () => !hasAnswered && failures >= retries.maxUnanswered,
    remainingMs: () => Math.max(0, opensAtMs - monotonicMs()),
    isPaused: () => opensAtMs > 0,
    update({ pauseMs, isRateLimit, isUnanswered }) {
      hasAnswered ||= !isUnanswered;
      if (pauseMs === undefined) {
        failures = 0;
        if (!opensAtMs) slots = maxInFlight;
      } else if (!world.isClosed) {
        // A batch that fails along with another one says nothing new about the server.
        if (slots && !isRateLimit) failures++;
        const ms = isRateLimit ? pauseMs : Math.max(pauseMs, backOffMs(isUnanswered));
        slots = 0;
        isLimited ||= Boolean(isRateLimit);
        opensAtMs = Math.max(opensAtMs, monotonicMs() + ms);
        return true;
      }
      return false;
    },
    open(some = 1) {
      slots = some;
      opensAtMs = 0;
      isLimited = false;
    },
  };
}
