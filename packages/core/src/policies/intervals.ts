import type { Engine } from "../contract/engine.js";
import type { TableFold } from "./table-series.js";

/** Folds that leave together, the oldest first. */
export interface Group {
  readonly folds: Set<TableFold>;
  /** Whether they may leave now. */
  isDue(): boolean;
}

/** The ends of intervals: metrics that are folded for equally long leave together. */
export interface Intervals {
  /** The group of an interval, in milliseconds. */
  groupOf(interval: number): Group;
  readonly groups: Iterable<Group>;
  /** Sets the timer of a group that has folds now. */
  arm(interval: number): void;
}

interface TimedGroup extends Group {
  /** The end of the interval by the monotonic clock; `Infinity` while there is nothing to wait for. */
  endMs: number;
}

/**
 * Makes the intervals of one client. They are aligned to its start and to a chance of its own, so that the
 * processes of a fleet, started together, do not send at the same moment.
 */
export function createIntervals(engine: Engine, onDue: () => void): Intervals {
  const { monotonicMs, now, platform, random, setTimer } = engine;
  const groups = new Map<number, TimedGroup>();
  const startMs = monotonicMs();
  let chance: number | undefined;

  function groupOf(interval: number): TimedGroup {
    let group = groups.get(interval);
    if (!group) {
      const made: TimedGroup = {
        folds: new Set(),
        endMs: Infinity,
        // Timers may be lost: then the clock decides.
        isDue: () => made.endMs <= monotonicMs(),
      };
      groups.set(interval, (group = made));
    }
    return group;
  }

  function arm(interval: number): void {
    const group = groupOf(interval);
    const nowMs = monotonicMs();
    if (group.endMs > nowMs && group.endMs < Infinity) return;
    const sinceMs = (nowMs - startMs + (chance ??= random()) * interval) % interval;
    group.endMs = nowMs + interval - sinceMs;
    // Where timers end with the request that set them, only a flush sends.
    if (!platform.isRequestBound) setTimer(() => end(interval, group), interval - sinceMs);
  }

  function end(interval: number, group: TimedGroup): void {
    for (const folded of group.folds) stamp(folded, now());
    group.endMs = Math.min(group.endMs, monotonicMs());
    onDue();
    if (!group.folds.size) group.endMs = Infinity;
    // While they cannot leave, their times are kept up to date.
    else if (!engine.isClosed()) setTimer(() => end(interval, group), interval);
  }

  return { groupOf, groups: { [Symbol.iterator]: () => groups.values() }, arm };
}

/** Sets the time of the last call, where no call of its own said it. */
export function stamp(folded: TableFold, nowMs: number): void {
  if (folded.timedCalls === folded.calls) return;
  const { value, trace } = folded.last;
  folded.last = { value, time: nowMs, trace };
  folded.timedCalls = folded.calls;
}
