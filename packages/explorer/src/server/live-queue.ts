/** A bounded hand-over from a fast writer to a slow reader. */
export interface LiveQueue<T> {
  push(items: readonly T[]): void;
  /** What waits, as soon as something does; `undefined` when the queue is closed. */
  take(): Promise<{ items: T[]; missed: number } | undefined>;
  close(): void;
}

/** A reader that falls behind loses the newest items and is told how many: the explorer's memory is worth more. */
export function createLiveQueue<T>(capacity: number): LiveQueue<T> {
  let waiting: T[] = [];
  let missed = 0;
  let closed = false;
  let wake: (() => void) | undefined;
  return {
    push(items) {
      const room = Math.max(0, capacity - waiting.length);
      waiting.push(...items.slice(0, room));
      missed += Math.max(0, items.length - room);
      wake?.();
    },
    async take() {
      while (waiting.length === 0 && !closed)
        await new Promise<void>((resolve) => (wake = resolve));
      if (closed) return undefined;
      const taken = { items: waiting, missed };
      waiting = [];
      missed = 0;
      return taken;
    },
    close() {
      closed = true;
      wake?.();
    },
  };
}
