import type { Diagnostics } from "../diagnostics.js";
import type { Drop, DropReason, Stats } from "../drop.js";
import type { Platform, Undo } from "../platform.js";

/** What client reports tell, by reason (wire.md 4). */
export type Losses = Readonly<Record<string, readonly [metrics: number, bytes: number]>>;

/** Keeps the books: every metric recorded is delivered, pending, or announced as lost. */
export interface Ledger {
  recorded(): void;
  delivered(metrics: number): void;
  sent(bytes: number): void;
  /** Announces a loss. `isKnown`: the server counted it itself, so that no report tells it again. */
  drop(drop: Drop, isKnown?: boolean): void;
  /** Hands over and forgets the losses that no report has told yet; nothing when there are none. */
  takeLosses(): Losses | undefined;
  /** Takes back what a report told that did not arrive. */
  putBack(losses: Losses | undefined): void;
  stats(pending: number): Stats;
  close(): void;
}

/** How long losses wait for metrics to leave that could take the report along. */
const REPORT_INTERVAL_MS = 60_000;

export function createLedger(
  onDrop: ((drop: Drop) => void) | undefined,
  sendClientReports: boolean,
  report: () => void,
  { setTimer }: Platform,
  diagnostics: Diagnostics,
): Ledger {
  const dropped: Partial<Record<DropReason, number>> = {};
  let [recorded, delivered, envelopes, bytes] = [0, 0, 0, 0];
  let losses: Record<string, readonly [metrics: number, bytes: number]> | undefined;
  let timer: Undo | undefined;
  let announcing = false;
  let closed = false;

  function putBack(told: Losses | undefined): void {
    if (!told) return;
    losses ??= {};
    for (const [reason, lost] of Object.entries(told)) {
      const [metrics, size] = losses[reason] ?? [0, 0];
      losses[reason] = [metrics + lost[0], size + lost[1]];
    }
    if (!closed)
      timer ??= setTimer(() => {
        timer = undefined;
        report();
      }, REPORT_INTERVAL_MS);
  }

  return {
    recorded: () => void recorded++,
    delivered: (metrics) => void (delivered += metrics),
    sent(containerBytes) {
      envelopes++;
      bytes += containerBytes;
    },
    drop(drop, isKnown) {
      const { reason, metrics } = drop;
      dropped[reason] = (dropped[reason] ?? 0) + metrics;
      if (sendClientReports && !isKnown) putBack({ [reason]: [metrics, drop.bytes] });
      diagnostics.step?.(`dropped ${metrics} ${drop.name}: ${reason}`);
      // A metric recorded by `onDrop` and lost in turn is counted, but would announce itself for ever.
      if (announcing) return;
      announcing = true;
      try {
        onDrop?.(drop);
      } catch (error) {
        diagnostics.error("onDrop threw.", error);
      }
      announcing = false;
    },
    takeLosses() {
      const taken = losses;
      losses = undefined;
      return taken;
    },
    putBack,
    stats: (pending) => ({
      recorded,
      delivered,
      pending,
      dropped: { ...dropped },
      envelopes,
      bytes,
    }),
    close() {
      closed = true;
      timer?.();
    },
  };
}
