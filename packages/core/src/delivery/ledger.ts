import type { Counts, Engine } from "../contract/engine.js";
import type { Drop, DropReason } from "../contract/drop.js";
import type { Undo } from "../contract/platform.js";

/**
 * Losses of one reason that no client report contains yet, as Sentry names them
 * (docs/protocol.md#client-reports).
 */
export interface Loss {
  readonly reason: DropReason;
  readonly category: string;
  quantity: number;
}

/** Counts of a new client. */
export const createCounts = (): Counts => ({
  recorded: 0,
  delivered: 0,
  pending: 0,
  dropped: {},
  envelopes: 0,
  bytes: 0,
  platformErrors: 0,
});

/** Accounts for every recorded metric: it is pending, delivered, or reported as lost. */
export interface Ledger {
  /** The numbers of `stats()`. Each stage counts what it does. */
  readonly counts: Counts;
  /**
   * Reports a loss to `onDrop`, and with a client report unless the server counted it by itself (`isKnown`,
   * for metrics that were sent).
   */
  drop(drop: Drop, isKnown?: boolean): void;
  /** Losses that no client report contains yet; delivery removes those that it reports. */
  readonly losses: Loss[];
  /** Adds a loss, or one of a report that did not arrive. */
  report(loss: Loss): void;
  close(): void;
}

/** How long losses wait for an envelope of metrics that can carry their report. */
const REPORT_INTERVAL_MS = 60_000;

/** Makes the ledger of one client; `send` sends a client report. */
export function createLedger(engine: Engine, counts: Counts, send: () => void): Ledger {
  const { dropped } = counts;
  const losses: Loss[] = [];
  let timer: Undo | undefined;
  let isReporting = false;

  function report({ reason, category, quantity }: Loss): void {
    const same = losses.find((each) => each.reason === reason && each.category === category);
    if (same) same.quantity += quantity;
    else if (quantity) losses.push({ reason, category, quantity });
    if (!engine.isClosed())
      timer ??= engine.setTimer(() => {
        timer = undefined;
        send();
      }, REPORT_INTERVAL_MS);
  }

  return {
    counts,
    drop(drop, isKnown) {
      const { reason, metrics, bytes, name } = drop;
      const { sendClientReports, onDrop } = engine.settings;
      dropped[reason] = (dropped[reason] ?? 0) + metrics;
      if (sendClientReports && !isKnown) {
        report({ reason, category: "trace_metric", quantity: metrics });
        report({ reason, category: "trace_metric_byte", quantity: bytes });
      }
      engine.step?.("dropped", metrics, name, reason);
      // Metrics that `onDrop` itself records and loses are counted, but reporting them would never end.
      if (isReporting && isKnown === undefined) return;
      const wasReporting = isReporting;
      isReporting = true;
      try {
        onDrop?.(drop);
      } catch (error) {
        engine.error("onDrop threw", error);
      }
      isReporting = wasReporting;
    },
    losses,
    report,
    close: () => timer?.(),
  };
}
