import type { DropReason } from "../drop.js";

/** One line of a client report. */
export interface Discarded {
  readonly reason: DropReason;
  readonly category: "trace_metric" | "trace_metric_byte";
  readonly quantity: number;
}

/** Adds up what was lost until the next report takes it along (wire.md 4). */
export interface ClientReports {
  add(reason: DropReason, metrics: number, bytes: number): void;
  /** Hands over and forgets what was added up. */
  take(): readonly Discarded[];
  /** Takes back a report that did not arrive. */
  putBack(discarded: readonly Discarded[]): void;
}

/** Bounded by itself: the reasons and the two categories are a fixed set. */
export function createClientReports(onFirst: () => void): ClientReports {
  const waiting = new Map<string, Discarded>();

  function add(reason: DropReason, category: Discarded["category"], quantity: number): void {
    if (!(quantity > 0)) return;
    const key = `${reason}:${category}`;
    const sum = quantity + (waiting.get(key)?.quantity ?? 0);
    waiting.set(key, { reason, category, quantity: sum });
    if (waiting.size === 1 && sum === quantity) onFirst();
  }

  return {
    add(reason, metrics, bytes) {
      add(reason, "trace_metric", metrics);
      add(reason, "trace_metric_byte", bytes);
    },
    take() {
      const taken = [...waiting.values()];
      waiting.clear();
      return taken;
    },
    putBack(discarded) {
      for (const { reason, category, quantity } of discarded) add(reason, category, quantity);
    },
  };
}
