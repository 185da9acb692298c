import type { Diagnostics } from "../diagnostics.js";
import type { Drop, DropReason, Stats } from "../drop.js";

/** Keeps the books: every metric recorded is delivered, pending, or announced as lost. */
export interface Ledger {
  recorded(metrics: number): void;
  drop(drop: Drop, options?: { readonly report: boolean }): void;
  delivered(metrics: number): void;
  sent(bytes: number): void;
  stats(pending: number): Stats;
}

/** Told of every loss that Sentry should hear of. */
export type Report = (reason: DropReason, metrics: number, bytes: number) => void;

export function createLedger(
  onDrop: ((drop: Drop) => void) | undefined,
  report: Report,
  diagnostics: Diagnostics,
): Ledger {
  const dropped: Partial<Record<DropReason, number>> = {};
  let recorded = 0;
  let delivered = 0;
  let envelopes = 0;
  let bytes = 0;
  let announcing = false;

  function announce(drop: Drop): void {
    // A metric recorded by `onDrop` and lost in turn is counted, but would announce itself for ever.
    if (!onDrop || announcing) return;
    announcing = true;
    try {
      onDrop(drop);
    } catch (error) {
      diagnostics.error("onDrop threw.", error);
    } finally {
      announcing = false;
    }
  }

  return {
    recorded(metrics) {
      recorded += metrics;
    },
    drop(drop, options) {
      dropped[drop.reason] = (dropped[drop.reason] ?? 0) + drop.metrics;
      if (options?.report !== false) report(drop.reason, drop.metrics, drop.bytes);
      diagnostics.step?.(`dropped ${drop.metrics} ${drop.name ?? "metrics"}: ${drop.reason}`);
      announce(drop);
    },
    delivered(metrics) {
      delivered += metrics;
    },
    sent(containerBytes) {
      envelopes++;
      bytes += containerBytes;
    },
    stats: (pending) => ({
      recorded,
      delivered,
      pending,
      dropped: { ...dropped },
      envelopes,
      bytes,
    }),
  };
}
