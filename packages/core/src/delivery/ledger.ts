import type { Drop, DropReason, Stats } from "../contract/drop.js";
import type { Undo } from "../contract/platform.js";
import type { World } from "../engine/engine.js";

/** Losses of one reason that no report has told yet, in the words of a client report (wire.md 4). */
export interface Loss {
  readonly reason: DropReason;
  readonly category: string;
  quantity: number;
}

/** The numbers of `stats()`, each counted by the stage that it belongs to. */
export type Books = { -readonly [K in keyof Stats]: Stats[K] };

export const createBooks = (): Books => ({
  recorded: 0,
  delivered: 0,
  pending: 0,
  dropped: {},
  envelopes: 0,
  bytes: 0,
  platformErrors: 0,
});

/** Keeps the books: every metric recorded is delivered, pending, or announced as lost. */
export interface Ledger {
  /** What happened so far. Each stage counts what it does. */
  readonly books: Books;
  /**
   * Announces a loss. Of metrics that were sent, `known` says whether the server counted it itself, so
   * that no report tells it again.
   */
  drop(drop: Drop, known?: boolean): void;
  /** Those that no report has told yet; delivery takes them out when it tells. */
  readonly losses: Loss[];
  /** Adds to them, or puts back what a report told that did not arrive. */
  report(loss: Loss): void;
  close(): void;
}

/** How long losses wait for metrics to leave that could take the report along. */
const REPORT_INTERVAL_MS = 60_000;

export function createLedger(world: World, books: Books, send: () => void): Ledger {
  const dropped = books.dropped as Partial<Record<DropReason, number>>;
  const losses: Loss[] = [];
  let timer: Undo | undefined;
  let isTelling = false;

  function report({ reason, category, quantity }: Loss): void {
    const same = losses.find((each) => each.reason === reason && each.category === category);
    if (same) same.quantity += quantity;
    else if (quantity) losses.push({ reason, category, quantity });
    if (!world.isClosed)
      timer ??= world.setTimer(() => {
        timer = undefined;
        send();
      }, REPORT_INTERVAL_MS);
  }

  return {
    books,
    drop(drop, known) {
      const { reason, metrics, bytes, name } = drop;
      const { sendClientReports, onDrop } = world.settings;
      dropped[reason] = (dropped[reason] ?? 0) + metrics;
      if (sendClientReports && !known) {
        report({ reason, category: "trace_metric", quantity: metrics });
        report({ reason, category: "trace_metric_byte", quantity: bytes });
      }
      world.step?.("dropped", metrics, name, reason);
      // What `onDrop` records and loses itself is counted, but would announce itself for ever.
      if (isTelling && known === undefined) return;
      const wasTelling = isTelling;
      isTelling = true;
      try {
        onDrop?.(drop);
      } catch (error) {
        world.error("onDrop threw", error);
      }
      isTelling = wasTelling;
    },
    losses,
    report,
    close: () => timer?.(),
  };
}
