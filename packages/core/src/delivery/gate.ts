import type { Gate } from "../gate.js";
import type { Undo } from "../platform.js";
import type { World } from "../world.js";

/** Opens and closes the gate as servers answer. */
export interface GateKeeper {
  readonly gate: Readonly<Gate>;
  /** No answer came, or none that is final: nothing is sent for a while, at least `ms`. */
  failed(ms: number): void;
  /** Sentry asked for a pause. */
  limited(ms: number): void;
  /** An answer came. */
  answered(): void;
  /** Leaves it open. */
  stop(): void;
}

/** The first pause lasts at most this long, the next at most twice as long, and so on. */
const FIRST_MS = 1000;
const LONGEST_MS = 30_000;

/**
 * After a pause one batch goes ahead, and only when it is answered more go beside it, so that a server
 * that comes back is not run down. Pauses have full jitter: clients that failed together come back apart
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 */
export function createGate(world: World, onChange: () => void): GateKeeper {
  const { maxInFlight } = world.settings;
  const gate: Gate = { slots: maxInFlight, opensAt: 0, isLimited: false };
  let failures = 0;
  let timer: Undo | undefined;
  let isStopped = false;

  function open(slots: number): void {
    gate.slots = slots;
    gate.opensAt = 0;
    gate.isLimited = false;
    onChange();
  }

  function hold(ms: number): void {
    if (isStopped) return;
    gate.slots = 0;
    gate.opensAt = Math.max(gate.opensAt, world.now() + ms);
    timer?.();
    timer = world.setTimer(() => open(1), gate.opensAt - world.now());
    onChange();
  }

  return {
    gate,
    failed(ms) {
      // What fails along with another batch tells nothing new.
      if (gate.slots > 0) failures++;
      hold(Math.max(ms, world.random() * Math.min(FIRST_MS * 2 ** (failures - 1), LONGEST_MS)));
    },
    limited(ms) {
      gate.isLimited = !isStopped;
      hold(ms);
    },
    answered() {
      failures = 0;
      if (!gate.opensAt) gate.slots = maxInFlight;
    },
    stop() {
      isStopped = true;
      timer?.();
      open(maxInFlight);
    },
  };
}
