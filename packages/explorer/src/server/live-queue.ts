/** A bounded queue between a fast writer and a slow reader. */
export interface LiveQueue<T> {
  /** Adds items. Items beyond the capacity are dropped and counted. */
  push(items: readonly T[]): void;
  /** Resolves with the pending items as soon as there are any, and with `undefined` when the queue is closed. */
  take(): Promise<LiveBatch<T> | undefined>;
  /** Closes the queue. */
  close(): void;
}

/** Items from a `LiveQueue`. */
export interface LiveBatch<T> {
  /** The items, in order. */
  items: T[];
  /** Items that were dropped since the last batch. */
  missed: number;
}

/**
 * Creates a queue. A reader that is too slow loses the newest items, so that the memory of the explorer stays bounded.
 * @param capacity - the most pending items
 */
export function createLiveQueue<T>(capacity: number): LiveQueue<T> {
  let pending: T[] = [];
  let missed = 0;
  let isClosed = false;
  let wake: (() => void) | undefined;

  function push(items: readonly T[]): void {
    const room = Math.max(0, capacity - pending.length);
    pending.push(...items.slice(0, room));
    missed += Math.max(0, items.length - room);
    wake?.();
  }

  async function take(): Promise<LiveBatch<T> | undefined> {
    while (pending.length === 0 && !isClosed)
      await new Promise<void>((resolve) => (wake = resolve));
    if (isClosed) return undefined;
    const batch = { items: pending, missed };
    pending = [];
    missed = 0;
    return batch;
  }

  function close(): void {
    isClosed = true;
    wake?.();
  }

  return { push, take, close };
}
