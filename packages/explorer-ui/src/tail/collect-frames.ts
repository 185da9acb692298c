import type { Arrival } from "./tail-state.js";

/** Collects what arrives, and passes it on once a frame. */
export interface Frames {
  readonly push: (arrival: Arrival) => void;
  /** Forgets what was not passed on. */
  readonly clear: () => void;
}

const NONE: Arrival = { items: [], missed: 0, to: undefined };

/** Creates a collector: a page that draws at each event draws more often than is seen. */
export function collectFrames(onFrame: (arrival: Arrival) => void): Frames {
  let pending = NONE;
  let frame = 0;

  function flush(): void {
    const arrival = pending;
    clear();
    onFrame(arrival);
  }
  function push({ items, missed, to }: Arrival): void {
    if (frame === 0) frame = requestAnimationFrame(flush);
    pending = {
      items: [...pending.items, ...items],
      missed: pending.missed + missed,
      to: to ?? pending.to,
    };
  }
  function clear(): void {
    cancelAnimationFrame(frame);
    frame = 0;
    pending = NONE;
  }
  return { push, clear };
}
