import type { Undo } from "../platform.js";
import type { Waiting } from "../waiting.js";

/** The one bounded waiting room, and the only place that knows when it opens. */
export interface Queue {
  /** Takes a metric in, or answers `false` when it is full. */
  push(metric: Waiting): boolean;
  /** Metrics that wait or are under way. */
  pending(): number;
  /** Lets out everything at once, however many batches are under way. */
  drain(): void;
  /** Lets out what waits and resolves once it and all that is under way has ended. */
  flush(): Promise<void>;
  /** Lets go of the timers. */
  close(): void;
}

/** A batch on its way: how many metrics of those offered it took, and when it has ended. */
export interface Departure {
  readonly taken: number;
  readonly done: Promise<void>;
}

export interface QueueSettings {
  readonly maxItems: number;
  readonly maxBytes: number;
  readonly maxInFlight: number;
  /** Milliseconds after the first waiting metric. */
  readonly interval: number;
}

/** What Sentry's specification asks of one batch (wire.md 1.3, "Buffering"). */
const BATCH = 100;
/** What a batch may grow to while others are under way: load makes fewer, larger requests. */
const BATCH_UNDER_LOAD = 1000;

interface Leaving {
  /** Position of its first metric among all that were ever pushed. */
  readonly from: number;
  readonly done: Promise<void>;
}

export function createQueue(
  settings: QueueSettings,
  depart: (batch: readonly Waiting[]) => Departure,
  setTimer: (fn: () => void, ms: number) => Undo,
): Queue {
  let waiting: Waiting[] = [];
  let head = 0;
  /** Positions: metrics pushed and taken since the start, and those up to which all must leave. */
  let pushed = 0;
  let taken = 0;
  let due = 0;
  let bytes = 0;
  let inFlightItems = 0;
  const leaving = new Set<Leaving>();
  let timer: Undo | undefined;
  let timerIsShort = false;

  const batchSize = (): number => (leaving.size > 0 ? BATCH_UNDER_LOAD : BATCH);
  const isReady = (): boolean => taken < due || pushed - taken >= batchSize();

  function arm(ms: number): void {
    timer?.();
    timerIsShort = ms === 0;
    timer = setTimer(() => {
      timer = undefined;
      if (ms > 0) due = pushed;
      pump();
    }, ms);
  }

  function disarm(): void {
    timer?.();
    timer = undefined;
  }

  /** A full batch leaves in a task of its own, so that no caller pays for encoding it. */
  function schedule(): void {
    if (isReady()) {
      if ((!timer || !timerIsShort) && leaving.size < settings.maxInFlight) arm(0);
    } else if (pushed === taken) disarm();
    else if (!timer) arm(settings.interval);
  }

  function pump(): void {
    while (pushed > taken && isReady() && leaving.size < settings.maxInFlight) letOut();
    schedule();
  }

  function letOut(): void {
    const batch = waiting.slice(head, head + batchSize());
    const departure = depart(batch);
    const gone = batch.length === departure.taken ? batch : batch.slice(0, departure.taken);
    const entry = { from: taken, done: departure.done };
    head += gone.length;
    taken += gone.length;
    inFlightItems += gone.length;
    leaving.add(entry);
    // The taken part is cut off once it is the larger one, which keeps the cost per metric constant.
    if (head * 2 >= waiting.length) {
      waiting = waiting.slice(head);
      head = 0;
    }
    void departure.done.then(() => {
      leaving.delete(entry);
      inFlightItems -= gone.length;
      for (const metric of gone) bytes -= metric.bytes;
      pump();
    });
  }

  const pending = (): number => pushed - taken + inFlightItems;

  return {
    push(metric) {
      if (pending() >= settings.maxItems || bytes + metric.bytes > settings.maxBytes) return false;
      waiting.push(metric);
      pushed++;
      bytes += metric.bytes;
      if (!timer || (!timerIsShort && isReady())) schedule();
      return true;
    },
    pending,
    drain() {
      due = pushed;
      while (pushed > taken) letOut();
      schedule();
    },
    async flush() {
      const mark = pushed;
      due = mark;
      pump();
      // What was pushed after the call is not waited for, so that steady load cannot hold a flush up.
      for (;;) {
        const before = [...leaving].filter((batch) => batch.from < mark);
        if (before.length === 0 && taken >= mark) return;
        await Promise.race(before.map((batch) => batch.done));
      }
    },
    close: disarm,
  };
}
