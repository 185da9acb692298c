import type { Drop, DropReason, Stats } from "../drop.js";
import type { Undo } from "../platform.js";
import type { World } from "../world.js";

/** Losses of one reason that no report has told yet. */
export interface Loss {
  readonly reason: DropReason;
  metrics: number;
  bytes: number;
}

/** Keeps the books: every metric recorded is delivered, pending, or announced as lost. */
export interface Ledger {
  /** What happened so far. Each stage counts what it does. */
  readonly books: { -readonly [K in keyof Stats]: Stats[K] };
  /**
   * Announces a loss. Of metrics that were sent, `known` says whether the server counted it itself, so
   * that no report tells it again.
   */
  drop(drop: Drop, known?: boolean): void;
  /** Hands over and forgets the losses that no report has told yet. */
  takeLosses(): Loss[];
  /** Takes back what a report told that did not arrive. */
  putBack(losses: readonly Loss[]): void;
  close(): void;
}

/** How long losses wait for metrics to leave that could take the report along. */
const REPORT_INTERVAL_MS = 60_000;

export function createLedger(world: World, report: () => void): Ledger {
  const dropped: Partial<Record<DropReason, number>> = {};
  const books = { recorded: 0, delivered: 0, pending: 0, dropped, envelopes: 0, bytes: 0 };
  const losses: Loss[] = [];
  let timer: Undo | undefined;
  const untold: Drop[] = [];

  function tell(loss: Loss): void {
    const { reason, metrics, bytes } = loss;
    let same = losses.find((each) => each.reason === reason);
    if (!same) losses.push((same = { reason, metrics: 0, bytes: 0 }));
    same.metrics += metrics;
    same.bytes += bytes;
    timer ??= world.setTimer(() => {
      timer = undefined;
      report();
    }, REPORT_INTERVAL_MS);
  }

  return {
    books,
    drop(drop, known) {
      const { reason } = drop;
      dropped[reason] = (dropped[reason] ?? 0) + drop.metrics;
      if (world.settings.sendClientReports && !known) tell(drop);
      world.step?.("dropped", drop.metrics, drop.name, reason);
      // What `onDrop` records and loses itself is counted, but would announce itself for ever. Losses of
      // sends that end meanwhile are told after the one it is busy with.
      if ((untold.length && known === undefined) || untold.push(drop) > 1) return;
      for (const next of untold)
        try {
          world.settings.onDrop?.(next);
        } catch (error) {
          world.error("onDrop threw", error);
        }
      untold.length = 0;
    },
    takeLosses: () => losses.splice(0),
    putBack: (told) => told.forEach(tell),
    close() {
      // A timer that has ended but stays in its place keeps others from being set.
      timer ??= () => {};
      timer();
    },
  };
}
